/** What the two roles are called, one row each. */

import { phrase } from "../languages/say.ts";
import type { Role } from "../plan/resources.ts";
import type { RolePlan } from "../plan/role-plan.ts";
import { balances } from "./script-parts.ts";

interface RoleRow extends RoleWords {
  /** Name of its script, unit and record, without extension. */
  readonly script: string;
  /** Template of its script. */
  readonly template: string;
}

interface RoleWords {
  /** A phrase. */
  readonly title: string;
  /** Of its unit. */
  readonly service: string;
  readonly restartWarning: string;
}

export const roles: Readonly<Record<Role, RoleRow>> = {
  director: {
    script: "lvs_dr",
    title: phrase`director`,
    service: "Linux Virtual Server director",
    template: "director/lvs_dr.sh",
    restartWarning: "restarting: connections through this director drop; 'reload' would keep them",
  },
  "real-server": {
    script: "lvs_rs",
    title: phrase`real server`,
    service: "Linux Virtual Server real server",
    template: "real-server/lvs_rs.sh",
    restartWarning: "restarting: connections of the VIP to this host drop; 'reload' would keep them",
  },
};

/** Of a host that has lvs_dr.sh for its floating addresses alone. */
const carrierWords: RoleWords = {
  title: phrase`host of floating addresses`,
  service: "Floating addresses",
  restartWarning: "restarting: connections to its floating addresses drop; 'reload' would keep them",
};

export function roleWords(plan: RolePlan): RoleWords {
  const carries = plan.resources.some((resource) => resource.kind === "keepalived" && !balances(resource));
  return carries ? carrierWords : roles[plan.role];
}
