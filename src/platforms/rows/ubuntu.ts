/**
 * Ubuntu, with the kernel of a release's first image; a newer one (HWE) is named by hosts.*.kernel. There is no
 * sysvinit-core. No package list of Ubuntu was at hand. 25.10 and later have the coreutils of uutils (Ubuntu 25.10's announcement).
 */

import type { AptLayout } from "../mirror-layout.ts";
import { documented, type Row, type Source, seenSysctls } from "../platform.ts";
import type { ShippedSysctls } from "../shipped-sysctls.ts";
import { debianRow } from "./debian.ts";

/** procps' own file; from 25.10 on it is 55-network-security.conf in /usr/lib/sysctl.d. */
function networkSecurity(value: 1 | 2): ShippedSysctls {
  return { "net.ipv4.conf.all.rp_filter": value, "net.ipv4.conf.default.rp_filter": value };
}

function sources(packages: string, kernel: string, boot: Source): Source[] {
  return [
    boot,
    documented(packages, "ipvsadm", "keepalived", "iproute2"),
    documented(kernel, "lacks"),
    documented(
      "Ubuntu's release notes",
      "kernels",
      "systemd",
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
      "archived",
      "mirror",
    ),
  ];
}

const inits = ["systemd"] as const;

function mirror(suite: string, apt: string): AptLayout {
  return {
    kind: "apt",
    suite,
    components: "main restricted universe multiverse",
    updates: `${suite}-updates`,
    security: `${suite}-security`,
    securityMirror: "main",
    apt,
  };
}

export const ubuntu = {
  "18.04": debianRow({
    proven: "run",
    inits,
    sysctls: networkSecurity(1),
    kernels: ["4.15"],
    mirror: mirror("bionic", "1.6"),
    python: "3.6",
    systemd: 237,
    ipvsadm: "1.28",
    iproute2: null,
    keepalived: "1.3.9",
    iptables: "legacy",
    sources: sources(
      "Debian's changelogs at the date of the import: ipvsadm 1:1.28-3, keepalived 1:1.3.9-1",
      "Ubuntu kernel team, config.common.ubuntu of bionic: FO=m, OVF=m, IPV6=y, SCTP=y, PE_SIP=m",
      seenSysctls("procps 2:3.3.12-3ubuntu1: /etc/sysctl.d/10-network-security.conf"),
    ),
  }),
  "20.04": debianRow({
    proven: "run",
    inits,
    sysctls: networkSecurity(2),
    kernels: ["5.4"],
    mirror: mirror("focal", "2.0"),
    python: "3.8",
    systemd: 245,
    ipvsadm: "1.31",
    iproute2: null,
    keepalived: "2.0.19",
    iptables: "legacy",
    sources: sources(
      "Debian's changelogs at the date of the import: ipvsadm 1:1.31-1, keepalived 1:2.0.19-2",
      "Ubuntu kernel team, config.common.ubuntu of focal: FO=m, OVF=m, MH=m, IPV6=y, SCTP=y, PE_SIP=m",
      seenSysctls("procps 2:3.3.16-1ubuntu2: /etc/sysctl.d/10-network-security.conf"),
    ),
  }),
  "22.04": debianRow({
    proven: "run",
    inits,
    sysctls: networkSecurity(2),
    kernels: ["5.15"],
    mirror: mirror("jammy", "2.4"),
    python: "3.10",
    systemd: 249,
    ipvsadm: "1.31",
    iproute2: null,
    keepalived: "2.2.4",
    unknown: ["scheduler twos"],
    sources: sources(
      "packages.ubuntu.com: ipvsadm 1:1.31, keepalived 1:2.2.4-0.2build1",
      "as 20.04's; what it does about twos was not found",
      seenSysctls(
        "procps 2:3.3.17-6ubuntu2: /etc/sysctl.d/10-network-security.conf; systemd 249.11-0ubuntu3: 50-default.conf with 2 on each interface",
      ),
    ),
  }),
  "24.04": debianRow({
    proven: "run",
    inits,
    sysctls: networkSecurity(2),
    kernels: ["6.8"],
    mirror: mirror("noble", "2.7"),
    python: "3.12",
    systemd: 255,
    ipvsadm: "1.31",
    iproute2: null,
    keepalived: "2.2.8",
    unknown: ["scheduler twos"],
    sources: sources(
      "packages.ubuntu.com: ipvsadm 1:1.31-1build3, keepalived 1:2.2.8-1build2",
      "as 20.04's; what it does about twos was not found",
      seenSysctls("procps 2:4.0.4-4ubuntu3: /etc/sysctl.d/10-network-security.conf"),
    ),
  }),
  "25.10": debianRow({
    proven: "documented",
    inits,
    sysctls: networkSecurity(2),
    kernels: ["6.17"],
    mirror: mirror("questing", "3.1"),
    archived: true,
    python: "3.13",
    systemd: 257,
    ipvsadm: "1.31",
    iproute2: null,
    keepalived: "2.3.3",
    unknown: ["scheduler twos"],
    sources: sources(
      "packages.ubuntu.com: linux 6.17.0, ipvsadm 1:1.31, keepalived 1:2.3.3-1; systemd 257.9-0ubuntu2.5, python3 3.13.7-1; apt 3.1.6ubuntu2 on a machine. Its nine months ended in July 2026",
      "as 20.04's; what it does about twos was not found",
      documented("procps 2:4.0.4-8ubuntu3: /usr/lib/sysctl.d/55-network-security.conf", "sysctls"),
    ),
  }),
  "26.04": debianRow({
    proven: "documented",
    inits,
    sysctls: networkSecurity(2),
    kernels: ["7.0"],
    mirror: mirror("resolute", "3.2"),
    python: "3.14",
    systemd: 259,
    ipvsadm: "1.31",
    iproute2: null,
    keepalived: "2.3.4",
    unknown: ["scheduler twos"],
    sources: sources(
      "packages.ubuntu.com: ipvsadm 1:1.31-5build1, keepalived 1:2.3.4-1; kernel 7.0.0-27, systemd 259.5-0ubuntu3, Python 3.14.4 and apt 3.2.0 on machines",
      "as 20.04's; what it does about twos was not found",
      documented("procps 2:4.0.4-9ubuntu1: /usr/lib/sysctl.d/55-network-security.conf", "sysctls"),
    ),
  }),
} as const satisfies Record<string, Row>;
