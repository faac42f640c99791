/** Cluster -> LabSpec, pure. */

import { join } from "node:path";
import type { OsFamily } from "../plan/platforms.ts";
import type { Cluster, Host, VirtualService } from "../topology/model.ts";
import { contains, freeAddress, prefixOf } from "./addressing.ts";
import type {
  ClusterSpec,
  Interpreter,
  LabHost,
  LabInterface,
  LabOptions,
  LabPort,
  LabRoute,
  LabScript,
  LabService,
  LabSubnet,
} from "./spec.ts";
import { interfacesOf, subnetsOf } from "./subnets.ts";

/** The system shell of a family: what `#!/bin/sh` is there. */
const SYSTEM_SHELL: Record<OsFamily, Interpreter> = { centos: "bash", debian: "dash", raspbian: "dash" };

const INTERPRETER_COMMAND: Record<Interpreter, readonly string[]> = {
  dash: ["dash"],
  bash: ["bash"],
  busybox: ["busybox", "ash"],
};

/** What is being built: MACs and addresses are given out as hosts are added. */
interface Draft {
  readonly subnets: readonly LabSubnet[];
  readonly taken: Set<string>;
  readonly names: ReadonlySet<string>;
  macs: number;
}

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
  const unmanaged = unmanagedHosts(draft, cluster);
  const clients = new Map<string, LabHost>();
  const services = cluster.services.map((service) => labService(draft, cluster, service, clients));
  const ends = [...managed, ...unmanaged, ...clients.values()];
  return {
    name: cluster.name,
    hosts: withRouter(draft, ends),
    subnets: draft.subnets,
    services,
    injections: options.injections,
    shell: options.shell,
  };
}

function takenAddresses(cluster: Cluster): Set<string> {
  const taken = new Set<string>();
  for (const host of cluster.hosts.values()) for (const address of host.addresses) taken.add(address.ip);
  for (const service of cluster.services) {
    taken.add(service.vip);
    for (const server of service.realServers) taken.add(server.address);
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
  const shell = options.interpreter ?? SYSTEM_SHELL[host.platform.family];
  const isDirector = cluster.directors.hosts.includes(host.name);
  const ports = portsOf(cluster, (server) => server.host === host.name);
  const scripts: LabScript[] = [];
  if (ports.length > 0) scripts.push(script("real-server", "lvs_rs.sh"));
  if (isDirector) scripts.push(script("director", "lvs_dr.sh"));
  return {
    name: host.name,
    kind: "managed",
    interfaces: hostInterfaces(draft, host),
    routes: [],
    interpreter: INTERPRETER_COMMAND[shell],
    scripts,
    ports,
    carriedVips: [],
    unused: "",
  };

  function script(role: LabScript["role"], name: string): LabScript {
    return { role, name, source: join(scriptsDir, host.name, name) };
  }
}

function hostInterfaces(draft: Draft, host: Host): LabInterface[] {
  return [...interfacesOf(host)].map(([name, addresses]) => ({
    name,
    mac: nextMac(draft),
    switch: switchOf(draft, addresses[0]?.ip ?? ""),
    addresses: addresses.map((address) => `${address.ip}/${address.prefix}`),
  }));
}

function switchOf(draft: Draft, ip: string): number {
  return draft.subnets.find((subnet) => contains(subnet.cidr, ip))?.switch ?? 0;
}

/** Someone else's machines: a namespace each, set up the way their owner must have done it. */
function unmanagedHosts(draft: Draft, cluster: Cluster): LabHost[] {
  const addresses = new Set<string>();
  for (const service of cluster.services) {
    for (const server of service.realServers) if (server.host === null) addresses.add(server.address);
  }
  return [...addresses].map((ip) => {
    const subnet = draft.subnets.find((candidate) => contains(candidate.cidr, ip));
    if (!subnet)
      throw new Error(`real server ${ip} is in no subnet of the topology: the lab cannot place it`);
    const vips = cluster.services.filter((service) =>
      service.realServers.some((server) => server.address === ip),
    );
    return {
      name: ip,
      kind: "unmanaged",
      interfaces: [wire(draft, subnet, ip)],
      routes: [],
      interpreter: ["sh"],
      scripts: [],
      ports: portsOf(cluster, (server) => server.address === ip),
      carriedVips: [...new Set(vips.map((service) => service.vip))],
      unused: "",
    };
  });
}

function labService(
  draft: Draft,
  cluster: Cluster,
  service: VirtualService,
  clients: Map<string, LabHost>,
): LabService {
  const subnet = clientSubnet(draft, cluster, service);
  const client = clients.get(subnet.cidr) ?? clientHost(draft, subnet, clients.size);
  clients.set(subnet.cidr, client);
  return {
    name: service.name,
    vip: service.vip,
    family: service.family,
    port: service.port,
    protocol: service.protocol,
    scheduler: service.scheduler,
    servers: service.realServers.map((server) => ({
      host: server.host ?? server.address,
      address: server.address,
      port: server.port,
      weight: server.weight,
      forwarding: server.forwarding,
    })),
    client: client.name,
    directors: cluster.directors.hosts,
  };
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
  throw new Error(`service ${service.name}: no subnet to place a client in`);
}

function clientHost(draft: Draft, subnet: LabSubnet, count: number): LabHost {
  const name = freeName(draft, count === 0 ? "client" : `client${count + 1}`);
  const host = plainHost(name, "client", [wire(draft, subnet, takeAddress(draft, subnet))], []);
  return { ...host, unused: takeAddress(draft, subnet) };
}

/** Adds a router, and everybody's route to it, when there is more than one subnet of a family. */
function withRouter(draft: Draft, ends: readonly LabHost[]): LabHost[] {
  const families = draft.subnets.map((subnet) => subnet.family);
  if (new Set(families).size === families.length) return [...ends];
  const gateways = draft.subnets.map((subnet) => ({ subnet, ip: takeAddress(draft, subnet) }));
  const interfaces = gateways.map(({ subnet, ip }, index) => ({
    ...wire(draft, subnet, ip),
    name: `eth${index}`,
  }));
  const routed = ends.map((host) => ({ ...host, routes: defaultRoutes(host, gateways) }));
  return [...routed, plainHost(freeName(draft, "router"), "router", interfaces, [])];
}

/** A default route of each family, by the first of a host's addresses that has a gateway. */
function defaultRoutes(host: LabHost, gateways: readonly { subnet: LabSubnet; ip: string }[]): LabRoute[] {
  const routes = new Map<number, LabRoute>();
  for (const address of host.interfaces.flatMap((wired) => wired.addresses)) {
    const gateway = gateways.find(({ subnet }) => contains(subnet.cidr, address.split("/")[0] ?? ""));
    if (!gateway || routes.has(gateway.subnet.family)) continue;
    routes.set(gateway.subnet.family, {
      to: gateway.subnet.family === 4 ? "0.0.0.0/0" : "::/0",
      via: gateway.ip,
    });
  }
  return [...routes.values()];
}

function freeName(draft: Draft, wanted: string): string {
  return draft.names.has(wanted) ? freeName(draft, `lab-${wanted}`) : wanted;
}

function plainHost(
  name: string,
  kind: LabHost["kind"],
  interfaces: readonly LabInterface[],
  routes: readonly LabRoute[],
): LabHost {
  return {
    name,
    kind,
    interfaces,
    routes,
    interpreter: ["sh"],
    scripts: [],
    ports: [],
    carriedVips: [],
    unused: "",
  };
}

function wire(draft: Draft, subnet: LabSubnet, ip: string): LabInterface {
  return {
    name: "eth0",
    mac: nextMac(draft),
    switch: subnet.switch,
    addresses: [`${ip}/${prefixOf(subnet.cidr)}`],
  };
}

function takeAddress(draft: Draft, subnet: LabSubnet): string {
  const ip = freeAddress(subnet.cidr, draft.taken);
  draft.taken.add(ip);
  return ip;
}

/** Locally administered addresses, told apart at a glance. */
function nextMac(draft: Draft): string {
  draft.macs += 1;
  const hex = draft.macs.toString(16).padStart(4, "0");
  return `02:00:00:00:${hex.slice(0, 2)}:${hex.slice(2)}`;
}

function portsOf(
  cluster: Cluster,
  mine: (server: { host: string | null; address: string }) => boolean,
): LabPort[] {
  const ports = new Map<string, LabPort>();
  for (const service of cluster.services) {
    for (const server of service.realServers) {
      if (mine(server))
        ports.set(`${service.protocol}/${server.port}`, { protocol: service.protocol, port: server.port });
    }
  }
  return [...ports.values()];
}
