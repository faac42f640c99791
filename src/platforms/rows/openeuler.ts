/**
 * openEuler's long-term releases with their last service pack: a successor of CentOS in China, with packages made after
 * Red Hat's. No system of this table was at hand.
 */

import type { RpmLayout } from "../mirror-layout.ts";
import { assumed, documented, type Row, type Source } from "../platform.ts";
import { systemdLoose } from "../shipped-sysctls.ts";
import { redHatRow } from "./centos.ts";

type Version = Pick<
  Row,
  "kernels" | "systemd" | "iproute2" | "keepalived" | "python" | "mirror" | "sources"
> &
  Partial<Row>;

function openEulerRow(values: Version): Row {
  return redHatRow({
    proven: "documented",
    sysctls: systemdLoose,
    inits: ["systemd"],
    ipvsadm: "1.31",
    iptables: "legacy",
    nft: true,
    packageManager: "dnf",
    ...values,
  });
}

/** @param folder of the release, below the folder of all of them */
function mirror(folder: string): RpmLayout {
  return {
    kind: "rpm",
    main: {
      os: `${folder}/OS/$basearch/`,
      everything: `${folder}/everything/$basearch/`,
      update: `${folder}/update/$basearch/`,
    },
    keys: ["RPM-GPG-KEY-openEuler"],
    files: ["openEuler.repo"],
    epel: null,
  };
}

function sources(packages: string, kernel: string): Source[] {
  return [
    documented(packages, "kernels", "systemd", "ipvsadm", "iproute2", "keepalived", "python"),
    documented(kernel, "lacks"),
    documented(
      "openEuler's systemd has 50-default.conf as upstream (openeuler-mirror/community issue 2); whether more is set in its /etc/sysctl.conf was not found",
      "sysctls",
    ),
    documented(
      "openEuler's spec files and documents",
      "inits",
      "shell",
      "nft",
      "packageManager",
      "renamed",
      "libnl",
      "nginx",
      "runDirectory",
    ),
    assumed(
      "the scripts look for nft and iptables on the host: only which of the two setup.sh installs follows from it",
      "iptables",
    ),
    documented("openEuler.repo as it is installed; openEuler-gpg-keys", "archived", "mirror"),
  ];
}

export const openEuler = {
  "22.03": openEulerRow({
    kernels: ["5.10"],
    python: "3.9",
    systemd: 249,
    iproute2: "5.15",
    keepalived: "2.2.4",
    mirror: mirror("openEuler-22.03-LTS-SP4"),
    unknown: [
      "scheduler fo",
      "scheduler ovf",
      "scheduler mh",
      "scheduler flag mh-port",
      "scheduler flag mh-fallback",
      "end of a gue tunnel",
      "end of a gue tunnel over IPv6",
    ],
    sources: sources(
      "kernel-5.10.0-216.oe2203sp4, systemd 249-81.oe2203sp4 and keepalived-2.2.4-2.oe2203sp1 on machines; openEuler's packages of ipvsadm (1.31-1 since 2020) and iproute (5.15.0); python3-3.9.9-24.oe2203sp2 on a machine",
      "its arch/x86/configs/openeuler_defconfig of 5.10 was not seen",
    ),
  }),
  "24.03": openEulerRow({
    kernels: ["6.6"],
    python: "3.11",
    systemd: 255,
    iproute2: null,
    keepalived: null,
    mirror: mirror("openEuler-24.03-LTS-SP4"),
    lacks: [
      "scheduler mh",
      "scheduler flag mh-port",
      "scheduler flag mh-fallback",
      "scheduler twos",
      "end of a gue tunnel",
      "end of a gue tunnel over IPv6",
    ],
    sources: sources(
      "kernel-6.6.0 of oe2403sp2 and oe2403sp4, systemd 255-43.oe2403sp2 and Python 3.11.6 on machines; openEuler's package of ipvsadm (1.31-1 since 2020); keepalived was not found",
      "openEuler, arch/x86/configs/openeuler_defconfig of 6.6: FO=m, OVF=m, IPV6=y, SCTP=y, PE_SIP=m; IP_VS_MH, IP_VS_TWOS and NET_FOU are not set",
    ),
  }),
} as const satisfies Record<string, Row>;
