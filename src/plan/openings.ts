/** What a host's firewall has to let through for a role. Said by `check`; lvsgen changes no rule of others for it. */

import { familyOf } from "../topology/addresses.ts";
import type { Cluster, Host, PortRange, Protocol, VirtualService } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { keepalivedResource } from "./keepalived.ts";
import { isLocal, type Membership, membershipsOf } from "./memberships.ts";
import type { Role } from "./resources.ts";

export interface Opening {
  /** `in`: to this host itself; `through`: from one interface to another. */
  readonly direction: "in" | "through";
  /** A protocol's name, or its number where IP carries it directly. */
  readonly protocol: Protocol | "ipip" | "ipv6" | "gre" | "vrrp";
  readonly from: string | null;
  readonly to: string | null;
  readonly fromPorts: readonly PortRange[];
  readonly toPorts: readonly PortRange[];
}

const nothing = { from: null, to: null, fromPorts: [], toPorts: [] };

/** Each once, in the order of services. */
export function openingsOf(cluster: Cluster, host: Host, role: Role): Opening[] {
  const openings = role === "director" ? directorOpenings(cluster, host) : realServerOpenings(cluster, host);
  return [...new Map(openings.map((opening) => [JSON.stringify(opening), opening])).values()];
}

/** IPVS takes packets after the filter of what comes in (NF_INET_LOCAL_IN), and answers of NAT after that of what passes. */
function directorOpenings(cluster: Cluster, host: Host): Opening[] {
  const { services } = cluster;
  const asked = services.map(
    (service): Opening => ({
      ...nothing,
      direction: "in",
      protocol: service.protocol,
      to: service.vip,
      toPorts: portsOf(service),
    }),
  );
  const answers = services.flatMap((service) =>
    allServers(service)
      .filter((server) => server.forwarding === "nat" && !isLocal(host, server))
      .map(
        (server): Opening => ({
          ...nothing,
          direction: "through",
          protocol: service.protocol,
          from: server.address,
          fromPorts: serverPorts({ service, server }),
        }),
      ),
  );
  return [...asked, ...answers, ...peerOpenings(cluster, host)];
}

/** Where adverts go that have no peers (RFC 9568, 5.1.1). */
const advertGroup = { 4: "224.0.0.18", 6: "ff02::12" } as const;

/** The kernel's own (net/netfilter/ipvs/ip_vs_sync.c). */
const syncDefaults = { group: "224.0.0.81", port: 8848 };

/** What directors tell each other: adverts, and connections. */
function peerOpenings(cluster: Cluster, host: Host): Opening[] {
  const { engine, connectionSync: sync, hosts } = cluster.directors;
  if (engine !== "keepalived" || hosts.length < 2) return [];
  const adverts = keepalivedResource(cluster, host).instances.flatMap(({ family, peers }): Opening[] => {
    const vrrp = { ...nothing, direction: "in" as const, protocol: "vrrp" as const };
    return peers.length === 0
      ? [{ ...vrrp, to: advertGroup[family] }]
      : peers.map((from) => ({ ...vrrp, from }));
  });
  if (sync === null) return adverts;
  const port = sync.port ?? syncDefaults.port;
  return [
    ...adverts,
    {
      ...nothing,
      direction: "in",
      protocol: "udp",
      to: sync.group ?? syncDefaults.group,
      toPorts: [{ first: port, last: port }],
    },
  ];
}

function realServerOpenings(cluster: Cluster, host: Host): Opening[] {
  return membershipsOf(cluster, host).flatMap((member): Opening[] => {
    const { service, server } = member;
    const isNat = server.forwarding === "nat";
    const requests: Opening = {
      ...nothing,
      direction: "in",
      protocol: service.protocol,
      to: isNat ? server.address : service.vip,
      toPorts: isNat ? serverPorts(member) : portsOf(service),
    };
    return server.forwarding === "tun" ? [wrapped(member), requests] : [requests];
  });
}

function wrapped({ service, server }: Membership): Opening {
  const { type, port } = server.tunnel;
  const opening = { ...nothing, direction: "in" as const, to: server.address };
  if (type === "gue") return { ...opening, protocol: "udp", toPorts: [{ first: port, last: port }] };
  if (type === "gre") return { ...opening, protocol: "gre" };
  return { ...opening, protocol: familyOf(service.vip) === 4 ? "ipip" : "ipv6" };
}

function portsOf({ mark, port }: VirtualService): readonly PortRange[] {
  if (mark !== null) return mark.ports;
  return port === 0 ? [] : [{ first: port, last: port }];
}

function serverPorts({ service, server }: Membership): readonly PortRange[] {
  return server.port === 0 ? portsOf(service) : [{ first: server.port, last: server.port }];
}
