/** What a host's firewall must allow for a role: printed by `check`, or applied if the topology says so. */

import { familyOf } from "../topology/addresses.ts";
import type {
  CheckType,
  Cluster,
  Family,
  Host,
  PortRange,
  Protocol,
  VirtualService,
} from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { errorOpenings, sessionOpenings } from "./announce-openings.ts";
import { keepalivedResource, routersOf } from "./keepalived.ts";
import {
  addressNear,
  isLocal,
  type Membership,
  membershipsOf,
  membershipsOfDirector,
} from "./memberships.ts";
import type { Opening, OpeningResource, Role } from "./resources.ts";

const nothing = { answers: false, from: null, to: null, fromPorts: [], toPorts: [] };

/** The firewall part of a role: its openings are resources, or only printed. */
export function openingPlan(
  cluster: Cluster,
  host: Host,
  role: Role,
): { readonly said: readonly Opening[]; readonly applied: readonly OpeningResource[] } {
  const openings = openingsOf(cluster, host, role);
  if (host.firewall === "print") return { said: openings, applied: [] };
  return {
    said: [],
    applied: openings.map((opening) => ({ kind: "opening", family: openingFamily(opening), ...opening })),
  };
}

/** Every opening has an address. */
function openingFamily({ from, to }: Opening): Family {
  return familyOf(from ?? to ?? "");
}

/** Each once, in the order of services. */
function openingsOf(cluster: Cluster, host: Host, role: Role): Opening[] {
  const openings = role === "director" ? directorOpenings(cluster, host) : realServerOpenings(cluster, host);
  if (openings.length < 2) return openings;
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
  return [
    ...asked,
    ...answers,
    ...membershipsOfDirector(cluster, host).flatMap((member) => servingOpenings(cluster, member)),
    ...checkAnswers(cluster, host),
    ...peerOpenings(cluster, host),
    ...sessionOpenings(cluster, host),
    ...errorOpenings(
      cluster,
      services.map(({ vip }) => vip),
    ),
  ];
}

/** Where adverts go that have no peers (RFC 9568, 5.1.1). */
const advertGroup = { 4: "224.0.0.18", 6: "ff02::12" } as const;

/** The kernel's own (net/netfilter/ipvs/ip_vs_sync.c). */
const syncDefaults = { group: "224.0.0.81", port: 8848 };

/** What hosts that share addresses send each other: adverts, and connections. */
function peerOpenings(cluster: Cluster, host: Host): Opening[] {
  if (routersOf(cluster, host).every(({ election }) => election.members.length < 2)) return [];
  const { instances, sync } = keepalivedResource(cluster, host);
  const adverts = instances.flatMap(({ family, peers }): Opening[] => {
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

/** The protocol of each check; a script's is unknown. */
const checkProtocol: Readonly<Record<CheckType, Protocol | "ping" | null>> = {
  http: "tcp",
  https: "tcp",
  tcp: "tcp",
  smtp: "tcp",
  dns: "udp",
  udp: "udp",
  ping: "ping",
  script: null,
};

/** Protocol of the check of a real server, and its port there; null if there is none, or an unknown one. */
function checkOf(member: Membership): Pick<Opening, "protocol" | "toPorts"> | null {
  const { service, server } = member;
  const { healthCheck: check } = service;
  const protocol = check === null ? null : checkProtocol[check.type];
  // keepalived does not check the sorry server.
  if (check === null || protocol === null || server === service.sorryServer) return null;
  if (protocol === "ping")
    return { protocol: familyOf(server.address) === 4 ? "icmp" : "ipv6-icmp", toPorts: [] };
  const toPorts = check.port === null ? serverPorts(member) : [{ first: check.port, last: check.port }];
  return { protocol, toPorts };
}

/** Real servers answer the checks of this director. */
function checkAnswers({ services }: Cluster, host: Host): Opening[] {
  return services.flatMap((service) =>
    service.realServers.flatMap((server): Opening[] => {
      const check = checkOf({ service, server });
      if (check === null || isLocal(host, server)) return [];
      return [
        {
          ...nothing,
          direction: "in",
          protocol: check.protocol,
          answers: true,
          from: server.address,
          fromPorts: check.toPorts,
          to: addressNear(host, server.address)?.ip ?? null,
        },
      ];
    }),
  );
}

/** The directors' checks come to the real server's own address. */
function checksOf({ directors, hosts }: Cluster, member: Membership): Opening[] {
  const check = checkOf(member);
  if (check === null) return [];
  const { address } = member.server;
  return directors.hosts.flatMap((name): Opening[] => {
    const director = hosts.get(name);
    if (director === undefined || isLocal(director, member.server)) return [];
    return [
      {
        ...nothing,
        ...check,
        direction: "in",
        from: addressNear(director, address)?.ip ?? null,
        to: address,
      },
    ];
  });
}

function realServerOpenings(cluster: Cluster, host: Host): Opening[] {
  const members = membershipsOf(cluster, host);
  return [
    ...members.flatMap((member) => servingOpenings(cluster, member)),
    ...errorOpenings(
      cluster,
      members.map(({ service }) => service.vip),
    ),
  ];
}

function servingOpenings(cluster: Cluster, member: Membership): Opening[] {
  const { service, server } = member;
  const isNat = server.forwarding === "nat";
  const requests: Opening = {
    ...nothing,
    direction: "in",
    protocol: service.protocol,
    to: isNat ? server.address : service.vip,
    toPorts: isNat ? serverPorts(member) : portsOf(service),
  };
  return [...(server.forwarding === "tun" ? [wrapped(member)] : []), requests, ...checksOf(cluster, member)];
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
