/** Which system a host's tree is, and which of them can be made here: one row each. */

import type { InitSystem } from "../../platforms/platform.ts";
import { packagingOf } from "../../platforms/platforms.ts";
import type { Host } from "../../topology/model.ts";

export interface TreeKind {
  /** Name in the cache, and for people. */
  readonly name: string;
  /** Debian's code name of the release. */
  readonly suite: string;
  /** On top of a minimal system. */
  readonly packages: readonly string[];
}

/** What a director and a real server need; there is no network in the machine to install it later. */
const NEEDED = [
  "iproute2",
  "kmod",
  "procps",
  "ipvsadm",
  "keepalived",
  "iputils-arping",
  "nftables",
  "iptables",
];

const INITS: Readonly<Record<InitSystem, readonly string[]>> = {
  systemd: ["systemd", "systemd-sysv", "dbus"],
  sysv: ["sysvinit-core"],
};

/**
 * The kind of tree that fits a host, or why none can be made.
 *
 * @param more packages that few hosts need
 */
export function treeKind(host: Host, more: readonly string[] = []): TreeKind | { readonly obstacle: string } {
  const { title, archived } = host.platform;
  const { distribution, release, mirror } = packagingOf(host.platform);
  // Raspberry Pi OS has Debian's userland of the same number.
  if (!distribution.osReleaseIds.includes("debian") || mirror.kind !== "apt")
    return { obstacle: `debootstrap makes no tree of ${title}` };
  if (archived) return { obstacle: `${title} left Debian's mirrors` };
  return {
    name: [`debian-${release}-${host.init}`, ...more].join("-"),
    suite: mirror.suite,
    packages: [...INITS[host.init], ...NEEDED, ...more],
  };
}
