/** Cluster -> LabSpec, pure. */

import { join } from "node:path";
import { balancedServices } from "../plan/as-real-server.ts";
import { checkCommand } from "../plan/check-command.ts";
import { carriesFloating } from "../plan/floating.ts";
import { tunnelRow } from "../plan/forwarding/tunnels.ts";
import { planHost } from "../plan/host-plan.ts";
import { preemptDelay } from "../plan/preempt-delay.ts";
import { packagingOf } from "../platforms/platforms.ts";
import { bootWrites } from "../platforms/shipped-sysctls.ts";
import { roleArtifacts } from "../render/role-artifacts.ts";
import { roles } from "../render/roles.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Cluster, HealthCheck, Host, RealServer, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { notified } from "./adapt-tracks.ts";
import { contains } from "./addressing.ts";
import { type Outside, outsideOf } from "./announced/outside.ts";
import { withBgpRouters } from "./announced/routers.ts";
import { applicationsOf } from "./applications.ts";
import { LabBroken } from "./backends/backend.ts";
import { type Draft, freeName, nextMac, plainHost, takeAddress, wire } from "./draft.ts";
import { isLabProgram } from "./lab-program.ts";
import { movingAddresses } from "./moving.ts";
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
  const { announce } = cluster.directors;
  const taken = takenAddresses(cluster);
  const inside = subnetsOf(cluster);
  const outside = announce === null ? null : outsideOf(inside, taken);
  const draft: Draft = {
    subnets: outside === null ? inside : [...inside, outside.clients, outside.between],
    taken,
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
  const clientOf = (place: Place): string => clientFor(draft, cluster, place, clients, outside).name;
  const services = cluster.services.map((service, index) =>
    labService(cluster, service, balanced[index] ?? service, clientOf(vipPlace(service))),
  );
  const moving = movingAddresses(cluster, clientOf);
  const ends = [...managed, ...unmanaged, ...clients.values()];
  const announced =
    announce === null || outside === null ? null : withBgpRouters(draft, cluster, announce, outside, ends);
  return {
    name: cluster.name,
    engine: cluster.directors.engine,
    vrrp: vrrpOf(cluster),
    hosts: announced?.hosts ?? withRouter(draft, cluster, ends),
    subnets: draft.subnets,
    modules: kernelModules(cluster),
    services,
    moving,
    announce: announced?.announce ?? null,
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
  for (const { ip } of [...cluster.floating, ...cluster.directors.vrrp.addresses]) taken.add(ip);
  for (const { address } of cluster.directors.announce?.neighbors ?? []) taken.add(address);
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

function vrrpOf(cluster: Cluster): LabVrrp | null {
  const { directors, services } = cluster;
  if (directors.engine === "ipvsadm" || directors.hosts.length < 2 || directors.announce !== null)
    return null;
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

/** An address that clients ask, and who carries it. */
interface Place {
  readonly ip: string;
  /** What has it, in words. */
  readonly name: string;
  readonly interfaces: ReadonlyMap<string, string>;
}

/** Packets for it come over routers, whoever has it. */
function isAnnounced({ interfaces }: Place): boolean {
  return [...interfaces.values()].every((name) => name === "lo");
}

function vipPlace({ vip: ip, name, interfaces }: VirtualService): Place {
  return { ip, name, interfaces };
}

function clientFor(
  draft: Draft,
  cluster: Cluster,
  place: Place,
  clients: Map<string, LabHost>,
  outside: Outside | null,
): LabHost {
  const subnet =
    isAnnounced(place) && outside !== null ? outside.clients : clientSubnet(draft, cluster, place);
  const client = clients.get(subnet.cidr) ?? clientHost(draft, cluster, subnet, clients.size);
  clients.set(subnet.cidr, client);
  return client;
}

function labService(
  cluster: Cluster,
  service: VirtualService,
  balanced: VirtualService,
  client: string,
): LabService {
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
    client,
    directors: cluster.directors.hosts,
  };
}

function labCheck({ type, port, path, command }: HealthCheck, balanced: VirtualService): LabCheck {
  const { healthCheck: check, realServers } = balanced;
  const programs = check === null || command === null ? [] : realServers.map((to) => checkCommand(check, to));
  return { type, port, path, command, arguments: programs.map(([, ...args]) => args) };
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

function labServer({ host, address, port, weight, upperThreshold, forwarding }: RealServer): LabServer {
  return { host: host ?? address, address, port, weight, upperThreshold, forwarding };
}

/** The subnet clients reach an address from: its own, else that of the interface that carries it. */
function clientSubnet(draft: Draft, cluster: Cluster, place: Place): LabSubnet {
  const own = draft.subnets.find((subnet) => contains(subnet.cidr, place.ip));
  if (own) return own;
  for (const [director, name] of place.interfaces) {
    const address = cluster.hosts.get(director)?.addresses.find((candidate) => candidate.interface === name);
    const subnet = address && draft.subnets.find((candidate) => contains(candidate.cidr, address.ip));
    if (subnet) return subnet;
  }
  throw new LabBroken(
    `the lab cannot be laid out: ${place.ip} of ${place.name} is in no subnet of the topology, so no client can be placed`,
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
