/**
 * Anolis OS, a successor of CentOS in China. 8 is made of Red Hat Enterprise Linux 8's packages, with kernels of its own
 * (ANCK) beside that one's. 23 is a distribution of its own, and of its packages only kernels, Python and dnf were found. No
 * system of this table was at hand.
 */

import type { RpmLayout } from "../mirror-layout.ts";
import { documented, type Row } from "../platform.ts";
import { rebuilt, rhel } from "./centos.ts";

/** EPEL's folders are for Red Hat's own releases; Anolis has EPAO in its place. */
const mirrorOf8: RpmLayout = {
  kind: "rpm",
  main: {
    baseos: "8/BaseOS/$basearch/os/",
    appstream: "8/AppStream/$basearch/os/",
    extras: "8/Extras/$basearch/os/",
  },
  keys: ["RPM-GPG-KEY-ANOLIS"],
  files: ["AnolisOS-BaseOS.repo", "AnolisOS-AppStream.repo", "AnolisOS-Extras.repo"],
  epel: null,
};

export const anolis = {
  8: rebuilt(rhel[8], "anolis-repos of 8 as it is installed", {
    proven: "documented",
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
} as const satisfies Record<number, Row>;
