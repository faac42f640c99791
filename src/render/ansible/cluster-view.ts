/** The view model of what all hosts share in the Ansible project, mainly the inventory. */

import { version } from "../../base/version.ts";
import type { Role } from "../../plan/resources.ts";
import { oldestAnsible } from "../../platforms/ansible-core.ts";
import type { Host } from "../../topology/model.ts";
import { recordFolder } from "../provisioning.ts";

/** With more hosts there is also an inventory in JSON, which Ansible reads faster. */
const manyHosts = 300;

/** A longer address gets a line of its own: yamllint allows 80 columns. */
const longAddress = 50;

/** ssh's default port: not written, so that the controller's own ssh configuration decides. */
const sshPort = 22;

export type ClusterView = ReturnType<typeof clusterView>;

/** What the inventory needs of a host. */
export interface ManagedHost {
  readonly host: Host;
  readonly roles: readonly Role[];
}

/** @param hosts all that have a role */
export function clusterView(cluster: string, hosts: readonly ManagedHost[]) {
  return {
    version,
    cluster,
    oldestAnsible,
    recordFolder,
    isLarge: hosts.length > manyHosts,
    manyHosts,
    groups: [
      { name: "directors", hosts: hostsIn("director", hosts) },
      { name: "real_servers", hosts: hostsIn("real-server", hosts) },
    ],
  };
}

function hostsIn(role: Role, hosts: readonly ManagedHost[]) {
  return hosts
    .filter(({ roles }) => roles.includes(role))
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
