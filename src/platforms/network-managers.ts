/** What sets up a server's network after a plain installation, if it removes addresses that it did not set. */

import { phrase } from "../languages/say.ts";
import { type Platform, packagingOf } from "./platforms.ts";

interface NetworkManager {
  readonly title: string;
  /** How it is made to keep a VIP on an interface. */
  readonly remedy: string;
}

/** When a connection is activated or reapplied, its device gets the profile's addresses only (nmcli(1), `reapply`). */
const networkManager: NetworkManager = {
  title: "NetworkManager",
  remedy: phrase`add the VIP to the interface's profile`,
};

/** systemd-networkd.service(8): "it will flush existing network addresses and routes when bringing up the device". */
const networkd: NetworkManager = {
  title: "systemd-networkd",
  remedy: phrase`set KeepConfiguration=yes for the interface`,
};

/**
 * By distribution, with the first release. Netplan's renderer on Ubuntu servers; Red Hat's family since RHEL 8, which
 * left network-scripts to an extra package; Raspberry Pi OS since it left dhcpcd. Debian's ifupdown removes nothing.
 */
const managers: Readonly<Record<string, readonly [since: number, NetworkManager]>> = {
  ubuntu: [18, networkd],
  centos: [8, networkManager],
  rhel: [8, networkManager],
  rocky: [8, networkManager],
  almalinux: [8, networkManager],
  fedora: [0, networkManager],
  raspbian: [12, networkManager],
};

/** null: none that removes addresses, or unknown. */
export function networkManagerOf(platform: Platform): NetworkManager | null {
  const { distribution, release } = packagingOf(platform);
  const [since, manager] = managers[distribution.name] ?? [];
  return since !== undefined && Number.parseFloat(release) >= since ? (manager ?? null) : null;
}
