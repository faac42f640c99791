/** What the two roles are called and need, one row each. */

import type { Role } from "../plan/resources.ts";

interface RoleRow {
  /** Name of its script, unit and record, without extension. */
  readonly script: string;
  readonly title: string;
  /** Template of its script. */
  readonly template: string;
  /** External programs that its script cannot do without. */
  readonly programs: readonly string[];
  /** Those of them that status needs. */
  readonly lookPrograms: readonly string[];
  /** Kinds of records that stop puts back. */
  readonly releasable: readonly string[];
  readonly restartWarning: string;
}

/** Kinds of records of both roles; a script releases also what its host does not need any more. */
const releasable = [
  "sysctl",
  "link",
  "fou",
  "route",
  "rule",
  "default_route",
  "nft",
  "iptables",
  "opening",
  "address",
  "displaced",
];

const shellPrograms = ["ip", "flock", "timeout", "mkdir", "mv", "rm", "cat", "ls"];

export const roles: Readonly<Record<Role, RoleRow>> = {
  director: {
    script: "lvs_dr",
    title: "director",
    template: "director/lvs_dr.sh",
    programs: ["ipvsadm", "awk", ...shellPrograms],
    lookPrograms: ["ipvsadm", "awk", "ip", "timeout", "cat", "ls"],
    releasable: [...releasable, "timeouts", "service", "sync_daemon"],
    restartWarning: "restarting: connections through this director drop; 'reload' would keep them",
  },
  "real-server": {
    script: "lvs_rs",
    title: "real server",
    template: "real-server/lvs_rs.sh",
    programs: shellPrograms,
    lookPrograms: ["ip", "cat", "ls"],
    releasable,
    restartWarning: "restarting: connections of the VIP to this host drop; 'reload' would keep them",
  },
};
