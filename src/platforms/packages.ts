/** Which package brings a program, by package manager. One row a program that a minimal system may lack. */

import { birdOf } from "./bird.ts";
import { type Platform, packagingOf } from "./platforms.ts";

const packageOf: Readonly<Record<string, Readonly<Record<"apt" | "rpm", string>>>> = {
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

/** The program's package on this platform, or null for one that every system has or that the release does not package. */
export function packageFor(program: string, platform: Platform): string | null {
  if (program === "bird") return birdOf(platform)?.package ?? null;
  const { mirror, renamed } = packagingOf(platform);
  const own = renamed[program];
  return own === undefined ? (packageOf[program]?.[mirror.kind] ?? null) : own;
}
