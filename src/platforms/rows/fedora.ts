/**
 * Fedora, whose packages become the next Red Hat Enterprise Linux's. Its kernels move within a release; gates count with
 * that of the image. No system of this table was at hand.
 */

import type { RpmLayout } from "../mirror-layout.ts";
import { assumed, documented, type Row, type Source } from "../platform.ts";
import { systemdLoose } from "../shipped-sysctls.ts";
import { redHatRow, splitIptables } from "./centos.ts";

type Version = Pick<Row, "kernels" | "systemd" | "keepalived" | "python" | "sources">;

function fedoraRow(number: number, values: Version): Row {
  return redHatRow({
    proven: "documented",
    sysctls: systemdLoose,
    inits: ["systemd"],
    ipvsadm: "1.31",
    iproute2: null,
    iptables: "nft",
    nft: true,
    packageManager: "dnf",
    renamed: splitIptables,
    mirror: mirror(number),
    unknown: [
      "scheduler fo",
      "scheduler ovf",
      "scheduler mh",
      "scheduler flag mh-port",
      "scheduler flag mh-fallback",
      "scheduler twos",
      "end of a gue tunnel",
      "end of a gue tunnel over IPv6",
    ],
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

/** @param programs what says which keepalived and ipvsadm there are */
function sources(packages: string, programs: Source): Source[] {
  return [
    documented(packages, "kernels", "systemd", "python"),
    programs,
    documented("the configuration of its kernels was not seen", "lacks"),
    documented(
      "systemd, sysctl.d/50-default.conf, which Fedora ships (coreos/fedora-coreos-tracker issue 219)",
      "sysctls",
    ),
    documented(
      "Fedora's release notes and spec files (initscripts, bash, iptables, nftables, dnf5, nginx, libnl3)",
      "inits",
      "shell",
      "iptables",
      "nft",
      "packageManager",
      "renamed",
      "libnl",
      "nginx",
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
      "packages.fedoraproject.org: kernel-headers-6.17.0-63.fc43, python3-3.14.0-1.fc43; systemd 258.1-1.fc43 on machines",
      documented(
        "packages.fedoraproject.org: keepalived-2.2.8-8.fc43, ipvsadm-1.31-15.fc42",
        "keepalived",
        "ipvsadm",
      ),
    ),
  }),
  44: fedoraRow(44, {
    kernels: ["6.19", "7.1", "7.2"],
    python: "3.14",
    systemd: 259,
    keepalived: "2.2.8",
    sources: sources(
      "packages.fedoraproject.org: python3-3.14.3-1.fc44; systemd 259.5-1.fc44 and kernels 6.19.10, 7.1.3 and 7.2.7 on machines",
      assumed("no older than 43's: Fedora does not go back", "keepalived", "ipvsadm"),
    ),
  }),
} as const satisfies Record<number, Row>;
