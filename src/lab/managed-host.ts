/** A host of the topology in the lab: what it has before scripts run, and what they bring. */

import { join } from "node:path";
import { carriesFloating } from "../plan/floating.ts";
import { planHost } from "../plan/host-plan.ts";
import { packagingOf } from "../platforms/platforms.ts";
import { bootWrites } from "../platforms/shipped-sysctls.ts";
import { roleArtifacts } from "../render/role-artifacts.ts";
import { roles } from "../render/roles.ts";
import type { Cluster, Host } from "../topology/model.ts";
import { notified } from "./adapt-tracks.ts";
import { contains } from "./addressing.ts";
import { applicationsOf } from "./applications.ts";
import { type Draft, nextMac } from "./draft.ts";
import { isLabProgram } from "./lab-program.ts";
import { portsOf } from "./ports.ts";
import { ownRoutes } from "./routing.ts";
import type { Interpreter, LabFile, LabHost, LabInterface, LabOptions, LabScript } from "./spec.ts";
import { interfacesOf } from "./subnets.ts";

const INTERPRETER_COMMAND: Record<Interpreter, readonly string[]> = {
  dash: ["dash"],
  bash: ["bash"],
  busybox: ["busybox", "ash"],
  yash: ["yash", "-o", "posixlycorrect"],
};

export function managedHost(
  draft: Draft,
  cluster: Cluster,
  host: Host,
  scriptsDir: string,
  options: LabOptions,
): LabHost {
  const shell = options.interpreter ?? host.platform.shell;
  const isDirector = cluster.directors.hosts.includes(host.name);
  const ports = portsOf(cluster, (server) => server.host === host.name);
  const carries = carriesFloating(cluster, host);
  const startsKeepalived = carries || (isDirector && cluster.directors.engine === "keepalived");
  const scripts: LabScript[] = [];
  if (ports.length > 0 && !isDirector) scripts.push(script("real-server", "lvs_rs.sh", false));
  if (isDirector || carries)
    scripts.push(script(isDirector ? "director" : "carrier", "lvs_dr.sh", startsKeepalived));
  return {
    name: host.name,
    kind: "managed",
    interfaces: hostInterfaces(draft, host),
    sysctls: bootWrites(packagingOf(host.platform).sysctls),
    routes: ownRoutes(cluster, host),
    interpreter: INTERPRETER_COMMAND[shell],
    scripts,
    files: filesOf(cluster, host, join(scriptsDir, host.name)),
    programs: startsKeepalived ? ownPrograms(cluster) : [],
    applications: applicationsOf(cluster, host, ports),
    ports,
    carriedVips: [],
    tunnelDevices: [],
    router: null,
    unused: "",
  };

  function script(role: LabScript["role"], name: string, starts: boolean): LabScript {
    return { role, name, source: join(scriptsDir, host.name, name), startsKeepalived: starts };
  }
}

/** Of scripts, and of what starts them at boot. */
const startFolders = ["/usr/local/sbin/", "/etc/init.d/"];

/** What comes with the scripts of a host: what they read, and what keepalived runs. */
function filesOf(cluster: Cluster, host: Host, folder: string): LabFile[] {
  const plan = planHost(cluster, host);
  return plan.roles.flatMap((role) => {
    const { script } = roles[role.role];
    return roleArtifacts
      .filter(({ kind, when }) => kind !== "unit" && when(plan, role))
      .map(({ name, destination, mode }) => ({
        source: join(folder, name(script)),
        destination: destination(script),
        mode: mode(role),
      }))
      .filter(({ destination: place }) => !startFolders.some((start) => place.startsWith(start)));
  });
}

function hostInterfaces(draft: Draft, host: Host): LabInterface[] {
  return [...interfacesOf(host)].map(([name, addresses], index) => ({
    name,
    mac: host.macs[index] ?? nextMac(draft),
    switch: switchOf(draft, addresses[0]?.ip ?? ""),
    addresses: addresses.map((address) => `${address.ip}/${address.prefix}`),
  }));
}

function switchOf(draft: Draft, ip: string): number {
  return draft.subnets.find((subnet) => contains(subnet.cidr, ip))?.switch ?? 0;
}

/** Programs of checks and tracks that the lab has to bring. */
function ownPrograms({ services, floating, directors }: Cluster): string[] {
  const tracks = [...floating, directors.vrrp].flatMap(({ track }) => track);
  const commands = [
    ...services.flatMap(({ healthCheck }) => healthCheck?.command ?? []),
    ...tracks.flatMap(({ command }) => command ?? []),
    ...floating.flatMap(notified),
  ];
  return [...new Set(commands.filter(isLabProgram))];
}
