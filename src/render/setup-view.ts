/** The view model of setup.sh. */

import type { HostPlan } from "../plan/host-plan.ts";
import { version } from "../version.ts";
import { keepalivedOf } from "./keepalived-view.ts";
import { provisioning, recordFolder } from "./provisioning.ts";

export function setupView(plan: HostPlan) {
  const { platform, init, name } = plan.host;
  const hasKeepalived = plan.roles.some((role) => keepalivedOf(role) !== null);
  return {
    ...provisioning(plan),
    recordFolder,
    host: name,
    cluster: plan.cluster,
    version,
    addresses: plan.addresses,
    osTitle: platform.title,
    archived: platform.archived,
    packageManager: platform.packageManager,
    apt: platform.packageManager === "apt",
    systemd: init === "systemd",
    keepalived: hasKeepalived,
    // Its lvs_dr.sh takes the place of one that may have started keepalived.
    replacesKeepalived: !hasKeepalived && plan.roles.some(({ role }) => role === "director"),
  };
}
