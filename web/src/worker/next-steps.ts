/** From files to a running cluster: the commands for these hosts, in the order in which they are safe. */

import { bracketed, endpoint } from "../../../src/base/endpoint.ts";
import { planCluster } from "../../../src/plan/host-plan.ts";
import type { Cluster, Host } from "../../../src/topology/model.ts";
import type { HostSteps, NextSteps } from "./protocol.ts";

export function nextSteps(cluster: Cluster): NextSteps {
  const plans = planCluster(cluster).filter(({ roles }) => roles.length > 0);
  const steps = plans.map(({ host, roles }) =>
    stepsOf(
      host,
      roles.map(({ role }) => role),
    ),
  );
  return {
    name: cluster.name,
    // Real servers first: a director sends them requests as soon as it is started.
    hosts: [
      ...steps.filter(({ isDirector }) => !isDirector),
      ...steps.filter(({ isDirector }) => isDirector),
    ],
    requests: cluster.services.flatMap(({ vip, port, protocol }) => requestOf(vip, port, protocol) ?? []),
  };
}

function stepsOf({ name, ssh }: Host, roles: readonly string[]): HostSteps {
  const { user, port } = ssh;
  const login = `${user}@${ssh.address}`;
  const remote = `${user}@${bracketed(ssh.address)}`;
  const sudo = sudoOf(user);
  const scripts = roles.map((role) => `/usr/local/sbin/${scriptOf(role)}`);
  const on = (command: string) => `ssh -t${port === 22 ? "" : ` -p ${port}`} ${login} '${command}'`;
  return {
    name,
    isDirector: roles.includes("director"),
    commands: {
      copy: `scp${port === 22 ? "" : ` -P ${port}`} -r ${name} ${remote}:`,
      install: on(`cd ${name} && ${sudo}sh setup.sh`),
      check: on(scripts.map((script) => `${sudo}${script} check`).join(" && ")),
      undo: on(`cd ${name} && ${sudo}sh setup.sh --uninstall`),
    },
  };
}

/** Root needs no sudo, and a fresh Debian has none. */
export function sudoOf(user: string): string {
  return user === "root" ? "" : "sudo ";
}

function scriptOf(role: string): string {
  return role === "director" ? "lvs_dr.sh" : "lvs_rs.sh";
}

/** What shows that a service answers; null where a shell has no common program for it. */
function requestOf(vip: string, port: number, protocol: string): string | null {
  if (protocol === "udp") return port === 53 ? `dig @${vip} example.net` : null;
  if (protocol !== "tcp" || port === 0) return null;
  if (port === 443) return `curl -kI https://${endpoint(vip, port)}/`;
  return port === 80 || port === 8080 ? `curl -I http://${endpoint(vip, port)}/` : `nc -vz ${vip} ${port}`;
}
