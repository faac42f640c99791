/** Operating systems: one row each. A row is data only; nothing else in lvsgen branches on an OS id. */

import type { InitSystem } from "../topology/model.ts";

export type OsFamily = "centos" | "debian" | "raspbian";

export interface Platform {
  readonly id: string;
  readonly family: OsFamily;
  /** Human name. */
  readonly title: string;
  /** Kernel the release ships, `major.minor`. */
  readonly kernel: string;
  /** Init systems the release can run; the first is its default. */
  readonly inits: readonly [InitSystem, ...InitSystem[]];
  /** systemd version, or null where the release has none. */
  readonly systemd: number | null;
  /** Version of its ipvsadm package. */
  readonly ipvsadm: string;
  readonly packageManager: "yum" | "dnf" | "apt";
  /** Where volatile state lives: /run, or /var/run on releases without it. */
  readonly runDirectory: string;
  /** The release left its mirrors: packages come from an archive (a rule warns). */
  readonly archived: boolean;
  /** IPVS scheduler modules its kernel package lacks although the kernel version has them. */
  readonly missingSchedulers: readonly string[];
}
