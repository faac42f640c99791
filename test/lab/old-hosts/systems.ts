/** Systems of which no machine can be had: what their shell and tools say (test/fixtures/old-tools). */

import type { Interpreter } from "../../../src/lab/spec.ts";
import type { ip, ipvsadm } from "./respell.ts";

export interface OldSystem {
  readonly os: string;
  readonly interpreter: Interpreter;
  readonly ip: keyof typeof ip;
  readonly ipvsadm: keyof typeof ipvsadm;
}

/** yash splits what `local` is given, as the dash of Debian 8 to 10 does. */
export const oldSystems = [
  { os: "centos-6", interpreter: "bash", ip: "2.6.33", ipvsadm: "1.26" },
  // Before and after 7.4, which brought a later iproute2.
  { os: "centos-7", interpreter: "bash", ip: "3.10.0", ipvsadm: "1.27" },
  { os: "centos-7", interpreter: "bash", ip: "4.11.0", ipvsadm: "1.27" },
  { os: "debian-8", interpreter: "yash", ip: "3.16.0", ipvsadm: "1.26" },
  { os: "debian-9", interpreter: "yash", ip: "4.9.0", ipvsadm: "1.28" },
] as const satisfies readonly OldSystem[];

/** What the scenario is given: the scripts of a cluster whose hosts all have this system. */
export interface OldRun {
  readonly system: OldSystem;
  readonly folder: string;
}
