/** Someone else's machines: a namespace each, set up the way their owner must have done it. */

import { tunnelRow } from "../plan/forwarding/tunnels.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Cluster, RealServer, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { contains } from "./addressing.ts";
import { LabBroken } from "./backends/backend.ts";
import { type Draft, plainHost, wire } from "./draft.ts";
import { routeToDirector } from "./routing.ts";
import type { LabHost, LabPort } from "./spec.ts";

interface Membership {
  readonly service: VirtualService;
  readonly server: RealServer;
}

export function unmanagedHosts(
  draft: Draft,
  cluster: Cluster,
  portsOf: (ip: string) => LabPort[],
): LabHost[] {
  const byAddress = new Map<string, Membership[]>();
  for (const service of cluster.services) {
    for (const server of allServers(service)) {
      if (server.host !== null) continue;
      byAddress.set(server.address, [...(byAddress.get(server.address) ?? []), { service, server }]);
    }
  }
  return [...byAddress].map(([ip, members]) => unmanagedHost(draft, cluster, ip, members, portsOf(ip)));
}

function unmanagedHost(
  draft: Draft,
  cluster: Cluster,
  ip: string,
  members: readonly Membership[],
  ports: readonly LabPort[],
): LabHost {
  const subnet = draft.subnets.find((candidate) => contains(candidate.cidr, ip));
  if (!subnet)
    throw new LabBroken(
      `the lab cannot be laid out: real server ${ip} is in no subnet of the topology; give one of its hosts an interface there`,
    );
  const carried = members.filter(({ server }) => server.forwarding !== "nat");
  const tunnelled = members.filter(({ server }) => server.forwarding === "tun");
  const comesBack = members.some(
    ({ service, server }) => server.forwarding === "nat" && service.returnPath !== "masquerade",
  );
  return {
    ...plainHost(ip, "unmanaged", [wire(draft, subnet, ip)]),
    routes: comesBack ? routeToDirector(cluster, ip) : [],
    ports,
    carriedVips: [...new Set(carried.map(({ service }) => service.vip))],
    tunnelDevices: [...new Set(tunnelled.flatMap(({ service, server }) => deviceOf(service, server)))],
  };
}

function deviceOf(service: VirtualService, { tunnel, address }: RealServer): string[] {
  const row = tunnelRow(tunnel.type, familyOf(address), service.family);
  return row === null ? [] : [row.device];
}
