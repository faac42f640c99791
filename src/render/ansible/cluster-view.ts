/** The view model of what all hosts share in the Ansible project: the inventory first of all. */

import { oldestAnsible } from "../../plan/ansible-core.ts";
import type { HostPlan } from "../../plan/host-plan.ts";
import type { Role } from "../../plan/resources.ts";
import { version } from "../../version.ts";
import { recordFolder } from "../provisioning.ts";

/** Above it an inventory in JSON, which Ansible reads faster, stands beside the one in YAML. */
const manyHosts = 300;

/** Above it an address has a line of its own, so that no line is longer than yamllint's 80. */
const longAddress = 50;

/** Port of ssh where nothing else is said: left to the controller's own ssh configuration. */
const sshPort = 22;

export type ClusterView = ReturnType<typeof clusterView>;

/** @param plans of all hosts that have a role */
export function clusterView(plans: readonly HostPlan[]) {
  return {
    version,
    cluster: plans[0]?.cluster ?? "",
    oldestAnsible,
    recordFolder,
    isLarge: plans.length > manyHosts,
    manyHosts,
    groups: [
      { name: "directors", hosts: hostsIn("director", plans) },
      { name: "real_servers", hosts: hostsIn("real-server", plans) },
    ],
  };
}

function hostsIn(role: Role, plans: readonly HostPlan[]) {
  return plans
    .filter(({ roles }) => roles.some((own) => own.role === role))
    .map(({ host }) => ({
      name: host.name,
      address: host.ssh.address,
      isLong: host.ssh.address.length > longAddress,
      user: host.ssh.user,
      isRoot: host.ssh.user === "root",
      hasPort: host.ssh.port !== sshPort,
      port: host.ssh.port,
    }));
}
