/**
 * Fedora, whose packages become the next Red Hat Enterprise Linux's. Its kernels move within a release; gates count with
 * that of the image. No system of this table was at hand.
 */

import type { RpmLayout } from "../mirror-layout.ts";
import { documented, type Row, type Source } from "../platform.ts";
import { redHatRow, splitIptables } from "./centos.ts";

type Version = Pick<Row, "kernels" | "systemd" | "keepalived" | "python" | "sources">;

function fedoraRow(number: number, values: Version): Row {
  return redHatRow({
    inits: ["systemd"],
    ipvsadm: "1.31",
    iproute2: null,
    iptables: "nft",
    nft: true,
    packageManager: "dnf",
    renamed: splitIptables,
    mirror: mirror(number),
    unknown: ["scheduler twos"],
    ...values,
  });
}

/** Below pub/fedora/linux. EPEL is made of its packages, for others. */
function mirror(number: number): RpmLayout {
  return {
    kind: "rpm",
    main: {
      fedora: `releases/${number}/Everything/$basearch/os/`,
      updates: `updates/${number}/Everything/$basearch/`,
    },
    keys: [`RPM-GPG-KEY-fedora-${number}-primary`],
    files: ["fedora.repo", "fedora-updates.repo"],
    epel: null,
  };
}

function sources(packages: string): Source[] {
  return [
    documented(packages, "kernels", "systemd", "keepalived", "ipvsadm"),
    documented(
      "Fedora's kernel-x86_64-fedora.config, which Red Hat's is made of: every scheduler up to mh (from memory); what it does about twos was not seen",
      "lacks",
    ),
    documented(
      "Fedora's release notes and spec files (initscripts, bash, iptables, nftables, dnf5, nginx, libnl3); Python 3.14 (from memory)",
      "inits",
      "shell",
      "iptables",
      "nft",
      "packageManager",
      "renamed",
      "libnl",
      "nginx",
      "python",
      "runDirectory",
    ),
    documented("fedora-repos' fedora.repo and fedora-updates.repo, with its keys", "archived", "mirror"),
  ];
}

export const fedora = {
  43: fedoraRow(43, {
    kernels: ["6.17"],
    python: "3.14",
    systemd: 258,
    keepalived: "2.2.8",
    sources: sources(
      "packages.fedoraproject.org: keepalived-2.2.8-8.fc43, ipvsadm-1.31-15.fc42; systemd 258.1-1.fc43 on machines; kernel 6.17 (from memory)",
    ),
  }),
  44: fedoraRow(44, {
    kernels: ["6.19", "7.1", "7.2"],
    python: "3.14",
    systemd: 259,
    keepalived: "2.2.8",
    sources: sources(
      "systemd 259.5-1.fc44 and kernels 6.19.10, 7.1.3 and 7.2.7 on machines; keepalived and ipvsadm are no older than 43's",
    ),
  }),
} as const satisfies Record<number, Row>;
