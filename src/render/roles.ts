/** What the two roles are called, one row each. */

import type { Role } from "../plan/resources.ts";

interface RoleRow {
  /** Name of its script, unit and record, without extension. */
  readonly script: string;
  readonly title: string;
  /** Template of its script. */
  readonly template: string;
  readonly restartWarning: string;
}

export const roles: Readonly<Record<Role, RoleRow>> = {
  director: {
    script: "lvs_dr",
    title: "director",
    template: "director/lvs_dr.sh",
    restartWarning: "restarting: connections through this director drop; 'reload' would keep them",
  },
  "real-server": {
    script: "lvs_rs",
    title: "real server",
    template: "real-server/lvs_rs.sh",
    restartWarning: "restarting: connections of the VIP to this host drop; 'reload' would keep them",
  },
};
