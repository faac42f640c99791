/** Cluster -> LabSpec, pure. */

import { join } from "node:path";
import { balancedServices } from "../plan/as-real-server.ts";
import { checkCommand } from "../plan/check-command.ts";
import { tunnelRow } from "../plan/forwarding/tunnels.ts";
import { preemptDelay } from "../plan/preempt-delay.ts";
import { packagingOf } from "../platforms/platforms.ts";
import { bootWrites } from "../platforms/shipped-sysctls.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Cluster, HealthCheck, Host, RealServer, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { isOwnProgram } from "./adapt.ts";
import { contains } from "./addressing.ts";
import { LabBroken } from "./backends/backend.ts";
import { type Draft, freeName, nextMac, plainHost, takeAddress, wire } from "./draft.ts";
import { portsOf } from "./ports.ts";
import { probePorts } from "./probe-ports.ts";
import { ownRoutes, routesToVips, withRouter } from "./routing.ts";
import type {
  ClusterSpec,
  Interpreter,
  LabCheck,
  LabFile,
  LabHost,
  LabInterface,
  LabOptions,
  LabScript,
  LabServer,
  LabService,
  LabSubnet,
  LabVrrp,
} from "./spec.ts";
import { interfacesOf, subnetsOf } from "./subnets.ts";
import { unmanagedHosts } from "./unmanaged.ts";

const INTERPRETER_COMMAND: Record<Interpreter, readonly string[]> = {
  dash: ["dash"],
  bash: ["bash"],
  busybox: ["busybox", "ash"],
  yash: ["yash", "-o", "posixlycorrect"],
};

/**
 * Describes the lab of a cluster.
 *
 * @param scriptsDir absolute folder that holds `<host>/lvs_dr.sh` and `<host>/lvs_rs.sh`
 */
export function labSpec(cluster: Cluster, scriptsDir: string, options: LabOptions): ClusterSpec {
  const draft: Draft = {
    subnets: subnetsOf(cluster),
    taken: takenAddresses(cluster),
    names: new Set(cluster.hosts.keys()),
    macs: 0,
  };
  const managed = [...cluster.hosts.values()].map((host) =>
    managedHost(draft, cluster, host, scriptsDir, options),
  );
  const unmanaged = unmanagedHosts(draft, cluster, (ip) =>
    portsOf(cluster, (server) => server.address === ip),
  );
  const clients = new Map<string, LabHost>();
  const balanced = balancedServices(cluster);
  const services = cluster.services.map((service, index) =>
    labService(draft, cluster, service, balanced[index] ?? service, clients),
  );
  const ends = [...managed, ...unmanaged, ...clients.values()];
  return {
    name: cluster.name,
    engine: cluster.directors.engine,
    vrrp: vrrpOf(cluster),
    hosts: withRouter(draft, cluster, ends),
    subnets: draft.subnets,
    modules: kernelModules(cluster),
    services,
    injections: options.injections,
    shell: options.shell,
  };
}

/** Modules that make a device in every namespace, or that a scenario would otherwise be the first to load. */
function kernelModules({ services }: Cluster): string[] {
  const modules = services.flatMap((service) => [
    ...(service.protocol === "sctp" ? ["sctp"] : []),
    ...(service.family === 6 ? ["ip6_tables", "ip6table_mangle", "ip6table_nat"] : []),
    ...allServers(service)
      .filter(({ forwarding }) => forwarding === "tun")
      .flatMap(
        ({ tunnel, address }) => tunnelRow(tunnel.type, familyOf(address), service.family)?.modules ?? [],
      ),
  ]);
  return [...new Set(modules)];
}

function takenAddresses(cluster: Cluster): Set<string> {
  const taken = new Set<string>();
  for (const host of cluster.hosts.values()) for (const address of host.addresses) taken.add(address.ip);
  for (const service of cluster.services) {
    taken.add(service.vip);
    for (const server of allServers(service)) taken.add(server.address);
  }
  return taken;
}

function managedHost(
  draft: Draft,
  cluster: Cluster,
  host: Host,
  scriptsDir: string,
  options: LabOptions,
): LabHost {
  const shell = options.interpreter ?? host.platform.shell;
  const isDirector = cluster.directors.hosts.includes(host.name);
  const ports = portsOf(cluster, (server) => server.host === host.name);
  const scripts: LabScript[] = [];
  if (ports.length > 0 && !isDirector) scripts.push(script("real-server", "lvs_rs.sh"));
  if (isDirector) scripts.push(script("director", "lvs_dr.sh"));
  return {
    name: host.name,
    kind: "managed",
    interfaces: hostInterfaces(draft, host),
    sysctls: bootWrites(packagingOf(host.platform).sysctls),
    routes: ownRoutes(cluster, host),
    interpreter: INTERPRETER_COMMAND[shell],
    scripts,
    files: isDirector ? engineFiles(cluster, join(scriptsDir, host.name)) : [],
    programs: isDirector ? ownPrograms(cluster) : [],
    ports,
    carriedVips: [],
    tunnelDevices: [],
    unused: "",
  };

  function script(role: LabScript["role"], name: string): LabScript {
    return { role, name, source: join(scriptsDir, host.name, name) };
  }
}

function vrrpOf(cluster: Cluster): LabVrrp | null {
  const { directors, services } = cluster;
  if (directors.engine === "ipvsadm" || directors.hosts.length < 2) return null;
  const { advertInterval, preempt } = directors.vrrp;
  const checks = services.flatMap(({ healthCheck }) => healthCheck ?? []);
  return {
    advertInterval,
    preempt,
    checkPeriod: preemptDelay(checks) ?? 0,
    isSynced: directors.connectionSync !== null,
    link: linkOf(cluster),
  };
}

/** null also where a VIP is on that interface. */
function linkOf({ directors, services }: Cluster): string | null {
  const link = directors.vrrp.interface;
  return services.some(({ interfaces }) => [...interfaces.values()].some((name) => name === link))
    ? null
    : link;
}

/** What a director's script reads. */
function engineFiles({ directors }: Cluster, folder: string): LabFile[] {
  if (directors.engine === "ipvsadm") return [];
  const name = "keepalived.conf";
  return [{ source: join(folder, name), destination: `/etc/lvsgen/${name}`, mode: 0o600 }];
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

function labService(
  draft: Draft,
  cluster: Cluster,
  service: VirtualService,
  balanced: VirtualService,
  clients: Map<string, LabHost>,
): LabService {
  const subnet = clientSubnet(draft, cluster, service);
  const client = clients.get(subnet.cidr) ?? clientHost(draft, cluster, subnet, clients.size);
  clients.set(subnet.cidr, client);
  return {
    name: service.name,
    vip: service.vip,
    family: service.family,
    ports: probePorts(service),
    protocol: service.protocol,
    mark: balanced.mark?.value ?? null,
    scheduler: service.scheduler,
    schedulerFlags: service.schedulerFlags,
    persistence: service.persistence,
    onePacket: service.onePacket,
    check: service.healthCheck === null ? null : labCheck(service.healthCheck, balanced),
    servers: balanced.realServers.map((server) => labServer(server)),
    sorry: balanced.sorryServer === null ? null : labServer(balanced.sorryServer),
    client: client.name,
    directors: cluster.directors.hosts,
  };
}

function labCheck({ type, port, path, command }: HealthCheck, balanced: VirtualService): LabCheck {
  const { healthCheck: check, realServers } = balanced;
  const programs = check === null || command === null ? [] : realServers.map((to) => checkCommand(check, to));
  return { type, port, path, command, arguments: programs.map(([, ...args]) => args) };
}

/** Programs of checks that the lab has to bring. */
function ownPrograms({ services }: Cluster): string[] {
  const commands = services.flatMap(({ healthCheck }) => healthCheck?.command ?? []);
  return [...new Set(commands.filter(isOwnProgram))];
}

function labServer({ host, address, port, weight, upperThreshold, forwarding }: RealServer): LabServer {
  return { host: host ?? address, address, port, weight, upperThreshold, forwarding };
}

/** The subnet a service's clients reach it from: the VIP's own, else that of its director's interface. */
function clientSubnet(draft: Draft, cluster: Cluster, service: VirtualService): LabSubnet {
  const own = draft.subnets.find((subnet) => contains(subnet.cidr, service.vip));
  if (own) return own;
  for (const [director, name] of service.interfaces) {
    const address = cluster.hosts.get(director)?.addresses.find((candidate) => candidate.interface === name);
    const subnet = address && draft.subnets.find((candidate) => contains(candidate.cidr, address.ip));
    if (subnet) return subnet;
  }
  throw new LabBroken(
    `the lab cannot be laid out: ${service.vip} of service ${service.name} is in no subnet of the topology, so no client can be placed`,
  );
}

/** Addresses of a client beside its first: as many clients, to schedulers that tell clients apart. */
const furtherAddresses = 7;

function clientHost(draft: Draft, cluster: Cluster, subnet: LabSubnet, count: number): LabHost {
  const name = freeName(draft, count === 0 ? "client" : `client${count + 1}`);
  const addresses = Array.from({ length: 1 + furtherAddresses }, () => takeAddress(draft, subnet));
  const host = plainHost(name, "client", [wire(draft, subnet, ...addresses)]);
  return { ...host, routes: routesToVips(cluster, subnet), unused: takeAddress(draft, subnet) };
}
