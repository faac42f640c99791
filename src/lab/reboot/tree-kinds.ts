/** Which system a host's tree is, and which of them can be made here: one row each. */

import type { InitSystem } from "../../platforms/platform.ts";
import type { Host } from "../../topology/model.ts";

export interface TreeKind {
  /** Name in the cache, and for people. */
  readonly name: string;
  /** Debian's code name of the release. */
  readonly suite: string;
  /** On top of a minimal system. */
  readonly packages: readonly string[];
}

/** Releases that the mirrors have, by number. Older ones are only in the archive, which ordinary mirrors lack. */
const SUITES: Readonly<Record<string, string>> = { 11: "bullseye", 12: "bookworm", 13: "trixie" };

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

/** `debian 12`, as os-release of a host's tree says it; Raspberry Pi OS has Debian's userland of the same number. */
export function releaseOf(host: Host): { readonly id: string; readonly number: string } {
  const { family, id } = host.platform;
  return { id: family === "raspbian" ? "debian" : family, number: id.slice(id.lastIndexOf("-") + 1) };
}

/** The kind of tree that fits a host, or why none can be made. */
export function treeKind(host: Host): TreeKind | { readonly obstacle: string } {
  const { id, number } = releaseOf(host);
  const { title } = host.platform;
  if (id !== "debian") return { obstacle: `debootstrap makes no tree of ${title}` };
  const suite = SUITES[number];
  if (suite === undefined) return { obstacle: `${title} left Debian's mirrors` };
  return {
    name: `debian-${number}-${host.init}`,
    suite,
    packages: [...INITS[host.init], ...NEEDED],
  };
}
