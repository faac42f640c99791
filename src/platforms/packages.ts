/** Which package brings a program, by package manager. One row a program that a minimal system may lack. */

import type { Platform } from "./platforms.ts";

type PackageFamily = "apt" | "rpm";

const packageOf: Readonly<Record<string, Readonly<Record<PackageFamily, string>>>> = {
  ipvsadm: { apt: "ipvsadm", rpm: "ipvsadm" },
  ip: { apt: "iproute2", rpm: "iproute" },
  awk: { apt: "mawk", rpm: "gawk" },
  flock: { apt: "util-linux", rpm: "util-linux" },
  timeout: { apt: "coreutils", rpm: "coreutils" },
  modprobe: { apt: "kmod", rpm: "kmod" },
  // iputils' arping (-U -I). Debian's package arping is another program, Thomas Habets's (-U -i).
  arping: { apt: "iputils-arping", rpm: "iputils" },
  sysctl: { apt: "procps", rpm: "procps-ng" },
  keepalived: { apt: "keepalived", rpm: "keepalived" },
  iptables: { apt: "iptables", rpm: "iptables" },
  nft: { apt: "nftables", rpm: "nftables" },
};

/** RHEL 9 and its rebuilds split iptables. */
const splitIptables = { iptables: "iptables-nft" };

/** Overrides for releases whose packages had other names; null: the release does not package it. */
const renamed: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  // CentOS 6 (util-linux-ng 2.17, module-init-tools 3.9, procps 3.2.8): the projects were renamed in 2010 to 2012.
  "centos-6": { flock: "util-linux-ng", modprobe: "module-init-tools", sysctl: "procps", nft: null },
  "centos-9": splitIptables,
  "rhel-9": splitIptables,
  "rocky-9": splitIptables,
  "almalinux-9": splitIptables,
};

/** The program's package on this platform, or null for one that every system has or that the release does not package. */
export function packageFor(program: string, platform: Platform): string | null {
  const family = platform.packageManager === "apt" ? "apt" : "rpm";
  const own = renamed[platform.id]?.[program];
  return own === undefined ? (packageOf[program]?.[family] ?? null) : own;
}
