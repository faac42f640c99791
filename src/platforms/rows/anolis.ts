/**
 * Anolis OS, a successor of CentOS in China. 8 is made of Red Hat Enterprise Linux 8's packages, with kernels of its own
 * (ANCK) beside that one's; 23 is a distribution of its own. No system of this table was at hand.
 */

import type { RpmLayout } from "../mirror-layout.ts";
import { documented, type Row } from "../platform.ts";
import { rebuilt, redHatRow, rhel } from "./centos.ts";

const keys = ["RPM-GPG-KEY-ANOLIS"];

/** EPEL's folders are for Red Hat's own releases; Anolis has EPAO in its place. */
const mirrorOf8: RpmLayout = {
  kind: "rpm",
  main: {
    baseos: "8/BaseOS/$basearch/os/",
    appstream: "8/AppStream/$basearch/os/",
    extras: "8/Extras/$basearch/os/",
  },
  keys,
  files: ["AnolisOS-BaseOS.repo", "AnolisOS-AppStream.repo", "AnolisOS-Extras.repo"],
  epel: null,
};

const mirrorOf23: RpmLayout = {
  kind: "rpm",
  main: { os: "23/os/$basearch/os/", updates: "23/updates/$basearch/os/" },
  keys,
  files: ["AnolisOS.repo"],
  epel: null,
};

export const anolis = {
  8: rebuilt(rhel[8], "anolis-repos of 8 as it is installed", {
    kernels: ["4.18", "4.19", "5.10"],
    inits: ["systemd"],
    mirror: mirrorOf8,
    sources: [
      ...rhel[8].sources
        .filter(({ columns }) => !columns.includes("lacks"))
        .map(({ from, ...source }) => ({ ...source, from: `Red Hat Enterprise Linux's: ${from}` })),
      documented("kernels 4.19.190 and 5.10.134 of an8 on machines", "kernels"),
      documented(
        "ANCK 4.19, arch/x86/configs/anolis_defconfig: FO=m, OVF=m, MH=m, IPV6=y, SCTP=y, PE_SIP=m",
        "lacks",
      ),
    ],
  }),
  23: redHatRow({
    kernels: ["5.10", "6.6"],
    python: "3.10",
    inits: ["systemd"],
    systemd: 239,
    ipvsadm: "1.31",
    iproute2: null,
    keepalived: null,
    iptables: "nft",
    nft: true,
    packageManager: "dnf",
    mirror: mirrorOf23,
    unknown: [
      "scheduler fo",
      "scheduler ovf",
      "scheduler mh",
      "scheduler flag mh-port",
      "scheduler flag mh-fallback",
      "scheduler twos",
      "end of a gue tunnel",
    ],
    sources: [
      documented(
        "kernels 5.10.134 (23.0) and 6.6.102 (23.4) of an23 on machines; ipvsadm 1.31 of 2019 is the last; systemd is no older than 8's, and python than 3.10 (from memory)",
        "kernels",
        "ipvsadm",
        "systemd",
        "python",
      ),
      documented("the configuration of its kernels was not seen", "lacks"),
      documented(
        "Anolis OS 23's release notes (from memory)",
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
      documented("AnolisOS.repo as it is installed", "archived", "mirror"),
    ],
  }),
} as const satisfies Record<number, Row>;
