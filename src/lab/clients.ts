/** Who asks: a client in each subnet that addresses are reached from. */

import type { Cluster } from "../topology/model.ts";
import { contains } from "./addressing.ts";
import type { Outside } from "./announced/outside.ts";
import { LabBroken } from "./backends/backend.ts";
import { type Draft, freeName, plainHost, takeAddress, wire } from "./draft.ts";
import { routesToVips } from "./routing.ts";
import type { LabHost, LabSubnet } from "./spec.ts";

/** An address that clients ask, and who carries it. */
export interface Place {
  readonly ip: string;
  /** What has it, in words. */
  readonly name: string;
  readonly interfaces: ReadonlyMap<string, string>;
}

/** Packets for it come over routers, whoever has it. */
function isAnnounced({ interfaces }: Place): boolean {
  return [...interfaces.values()].every((name) => name === "lo");
}

export function clientFor(
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
