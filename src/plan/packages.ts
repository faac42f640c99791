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
  nft: { apt: "nftables", rpm: "nftables" },
  iptables: { apt: "iptables", rpm: "iptables" },
  arping: { apt: "iputils-arping", rpm: "iputils" },
};

/** Overrides for releases whose packages had other names. */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // CentOS 6 (util-linux-ng 2.17, module-init-tools 3.9): the projects were renamed in 2010 and 2012.
  "centos-6": { flock: "util-linux-ng", modprobe: "module-init-tools" },
};

/** The program's package on this platform, or null for one that every system has. */
export function packageFor(program: string, platform: Platform): string | null {
  const family = platform.packageManager === "apt" ? "apt" : "rpm";
  return renamed[platform.id]?.[program] ?? packageOf[program]?.[family] ?? null;
}
