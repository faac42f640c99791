/** The view model of a host's variables: the same data that setup.sh uses, for the role. */

import { version } from "../../base/version.ts";
import type { HostPlan } from "../../plan/host-plan.ts";
import { newestAnsible } from "../../platforms/ansible-core.ts";
import type { Cluster } from "../../topology/model.ts";
import { providesMore, provisioning } from "../provisioning.ts";
import { roleWords } from "../roles.ts";
import { floatingOf, probesOf } from "./probes.ts";

export function hostView(cluster: Cluster, plan: HostPlan) {
  const { host } = plan;
  const { programs, files, services, timers, keepalived, selinux, units } = provisioning(plan);
  const probes = probesOf(cluster, plan);
  const floating = floatingOf(cluster, plan);
  return {
    version,
    cluster: plan.cluster,
    host: host.name,
    titles: plan.roles.map((role) => roleWords(role).title).join(" and "),
    osTitle: host.platform.title,
    python: host.platform.python,
    newestAnsible: newestAnsible(host.platform),
    packageManager: host.platform.packageManager,
    provides: providesMore(plan),
    archived: host.platform.archived,
    init: host.init,
    addresses: plan.addresses,
    programs,
    files,
    services,
    timers,
    keepalived,
    selinux: selinux.map(({ name }) => name),
    hasSelinux: selinux.length > 0,
    units,
    hasUnits: units.length > 0,
    hasTimers: timers.length > 0,
    probes,
    hasProbes: probes.length > 0,
    floating,
    hasFloating: floating.length > 0,
  };
}
