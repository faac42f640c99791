/** The view model of setup.sh. */

import type { HostPlan } from "../plan/host-plan.ts";
import { version } from "../version.ts";
import { provisioning, recordFolder } from "./provisioning.ts";

export function setupView(plan: HostPlan) {
  const { platform, init, name } = plan.host;
  return {
    ...provisioning(plan),
    recordFolder,
    host: name,
    cluster: plan.cluster,
    version,
    addresses: plan.addresses,
    osTitle: platform.title,
    leftMirrors: platform.archived && plan.host.mirrors.main === null,
    packageManager: platform.packageManager,
    apt: platform.packageManager === "apt",
    systemd: init === "systemd",
  };
}
