/**
 * Debian. Releases up to 10 left the mirrors for archive.debian.org. sysvinit-core can replace systemd in all of them.
 *
 * Checked in the packages themselves (amd64): 11, 12 and 13. Older ones are known from Debian's changelogs, whose
 * versions at the date of the freeze are a release's, and from the kernel team's configuration.
 */

import type { AptLayout } from "../mirror-layout.ts";
import { documented, type Row, type Source, verified } from "../platform.ts";

type Version = Pick<
  Row,
  "proven" | "kernels" | "systemd" | "ipvsadm" | "iproute2" | "keepalived" | "python" | "sources"
> &
  Partial<Row> & { readonly mirror: AptLayout };

/** Of a system with apt. */
export type AptRow = Row & { readonly mirror: AptLayout };

export function debianRow(values: Version): AptRow {
  return {
    inits: ["systemd", "sysv"],
    shell: "dash",
    iptables: "nft",
    nft: true,
    packageManager: "apt",
    runDirectory: "/run",
    archived: false,
    lacks: [],
    backports: [],
    unknown: [],
    renamed: {},
    libnl: ["libnl-3-dev", "libnl-genl-3-dev"],
    nginx: "own",
    ...values,
  };
}

/** The archive keeps no updates between point releases of a release; they are part of the last one. */
function archive(suite: string, apt: string): AptLayout {
  return {
    kind: "apt",
    suite,
    components: "main contrib non-free",
    updates: null,
    security: `${suite}/updates`,
    securityMirror: null,
    apt,
  };
}

function mirror(suite: string, apt: string, more = ""): AptLayout {
  return {
    kind: "apt",
    suite,
    components: `main contrib non-free${more}`,
    updates: `${suite}-updates`,
    security: `${suite}-security`,
    securityMirror: "http://security.debian.org/debian-security",
    apt,
  };
}

/** Since 12. */
const firmware = " non-free-firmware";

/** Facts from the package lists of a suite (main, and security for the kernel) and from the packages themselves. */
function inPackages(suite: string, versions: string, apt: string, modules: string): Source[] {
  return [
    verified(
      `package lists of ${suite} and ${suite}-security: ${versions}`,
      "kernels",
      "systemd",
      "ipvsadm",
      "iproute2",
      "keepalived",
      "python",
      "nft",
      "packageManager",
      "archived",
    ),
    {
      ...verified(
        `package lists of ${suite}: apt ${apt}, nginx, libnl-3-dev, what packages.ts names`,
        "mirror",
        "renamed",
        "libnl",
        "nginx",
      ),
      verified: "2026-11-26",
    },
    verified(`${suite}: sysvinit-core is in the package list`, "inits"),
    verified(`${suite}: dash is essential and holds /bin/sh -> dash`, "shell"),
    verified(`${suite}: iptables, postinst: iptables-nft has priority 20, iptables-legacy 10`, "iptables"),
    verified(modules, "lacks"),
    documented("FHS 3.0; base-files makes /run", "runDirectory"),
  ];
}

/** For releases that the mirrors no longer have. */
function fromChangelogs(versions: string, kernel: string): Source[] {
  return [
    documented(
      versions,
      "kernels",
      "systemd",
      "ipvsadm",
      "iproute2",
      "keepalived",
      "python",
      "inits",
      "shell",
      "iptables",
      "nft",
      "packageManager",
      "renamed",
      "libnl",
      "nginx",
      "mirror",
      "runDirectory",
    ),
    verified("deb.debian.org has no such suite (404)", "archived"),
    documented(kernel, "lacks"),
  ];
}

export const debian = {
  8: debianRow({
    proven: "run",
    kernels: ["3.16"],
    mirror: archive("jessie", "1.0"),
    python: "2.7",
    systemd: 215,
    ipvsadm: "1.26",
    iproute2: "3.16",
    keepalived: "1.2.13",
    iptables: "legacy",
    archived: true,
    sources: fromChangelogs(
      "jessie: linux 3.16, systemd 215, apt 1.0.9, iptables 1.4.21, python 2.7 (its python3 is 3.4); ipvsadm 1:1.26-4 and keepalived 1:1.2.13-1 by the changelogs of the packages",
      "Debian kernel team, debian/config/config of 3.x: every scheduler, IPv6, SCTP, PE_SIP",
    ),
  }),
  9: debianRow({
    proven: "run",
    kernels: ["4.9"],
    mirror: archive("stretch", "1.4"),
    python: "3.5",
    systemd: 232,
    ipvsadm: "1.28",
    iproute2: "4.9",
    keepalived: "1.3.2",
    iptables: "legacy",
    archived: true,
    sources: fromChangelogs(
      "stretch: linux 4.9, systemd 232, apt 1.4, iptables 1.6.0, python3 3.5; ipvsadm 1:1.28-3 and keepalived 1:1.3.2-1 by the changelogs of the packages",
      "Debian kernel team, debian/config/config of 4.11: FO=m, OVF=m, IPV6=y, SCTP=y, PE_SIP=m",
    ),
  }),
  10: debianRow({
    proven: "run",
    kernels: ["4.19"],
    mirror: archive("buster", "1.8"),
    python: "3.7",
    systemd: 241,
    ipvsadm: "1.29",
    iproute2: "4.20",
    keepalived: "2.0.10",
    archived: true,
    sources: fromChangelogs(
      "buster: linux 4.19, systemd 241, apt 1.8.2, iptables 1.8.2, python3 3.7; ipvsadm 1:1.29-1 by its changelog; packages.debian.org: iproute2 4.20.0-2+deb10u1, keepalived 1:2.0.10-1+deb10u1",
      "Debian kernel team, debian/config/config of 4.19.118: FO=m, OVF=m, MH=m, IPV6=y, SCTP=y, PE_SIP=m",
    ),
  }),
  11: debianRow({
    proven: "run",
    kernels: ["5.10"],
    mirror: mirror("bullseye", "2.2"),
    python: "3.9",
    systemd: 247,
    ipvsadm: "1.31",
    iproute2: "5.10",
    keepalived: "2.1.5",
    sources: inPackages(
      "bullseye",
      "linux-image-amd64 5.10.262-1, systemd 247.3-7+deb11u8, ipvsadm 1:1.31-1+b1, iproute2 5.10.0-4, keepalived 1:2.1.5-0.2+deb11u1, nftables 0.9.8, python3 3.9.2-3",
      "2.2.4",
      "linux-image-5.10.0-46-amd64: ip_vs_* for all schedulers up to mh, ip_vs_pe_sip, fou, ipip, ip_gre; /boot/config: IP_VS_IPV6=y, SCTP=y",
    ),
  }),
  12: debianRow({
    proven: "run",
    kernels: ["6.1"],
    mirror: mirror("bookworm", "2.6", firmware),
    python: "3.11",
    systemd: 252,
    ipvsadm: "1.31",
    iproute2: "6.1",
    keepalived: "2.2.7",
    lacks: ["scheduler twos"],
    sources: inPackages(
      "bookworm",
      "linux-image-amd64 6.1.192-2, systemd 252.39-1~deb12u2, ipvsadm 1:1.31-1+b1, iproute2 6.1.0-3, keepalived 1:2.2.7-1+b2, nftables 1.0.6, python3 3.11.2-1+b1",
      "2.6.1",
      "linux-image-6.1.0-56-amd64: as 5.10's; /boot/config: IP_VS_TWOS is not set (set from 6.11.2-1 on, Debian bug 1082903)",
    ),
  }),
  13: debianRow({
    proven: "run",
    kernels: ["6.12"],
    mirror: mirror("trixie", "3.0", firmware),
    python: "3.13",
    systemd: 257,
    ipvsadm: "1.31",
    iproute2: "6.15",
    keepalived: "2.3.3",
    sources: inPackages(
      "trixie",
      "linux-image-amd64 6.12.117-1, systemd 257.13-1~deb13u1, ipvsadm 1:1.31-5, iproute2 6.15.0-1, keepalived 1:2.3.3-1, nftables 1.1.3, python3 3.13.5-1",
      "3.0.4",
      "linux-image-6.12.117+deb13-amd64: every ip_vs_* module, ip_vs_twos too; /boot/config: IP_VS_IPV6=y, SCTP=y",
    ),
  }),
} as const satisfies Record<number, AptRow>;
