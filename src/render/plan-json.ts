/** A host's plan as data. */

import type { HostPlan } from "../plan/host-plan.ts";
import { roles } from "./roles.ts";

export function planJson(plan: HostPlan) {
  const { host } = plan;
  return {
    host: host.name,
    os: host.platform.id,
    init: host.init,
    kernel: host.kernel,
    addresses: plan.addresses,
    provision: plan.provision,
    roles: plan.roles.map(({ role, interfaces, resources, openings }) => ({
      role,
      script: `${roles[role].script}.sh`,
      interfaces,
      resources,
      openings,
    })),
  };
}
