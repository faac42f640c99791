/** A host's plan as data. */

import type { HostPlan } from "../plan/host-plan.ts";
import { roles } from "../render/roles.ts";
import type { PlannedHost } from "./reports.ts";

export function plannedHost({ host, addresses, provision, roles: plans }: HostPlan): PlannedHost {
  return {
    host: host.name,
    os: host.platform.id,
    init: host.init,
    kernel: host.kernel,
    addresses,
    provision,
    roles: plans.map(({ role, interfaces, resources, openings }) => ({
      role,
      script: `${roles[role].script}.sh`,
      interfaces,
      resources,
      openings,
    })),
  };
}
