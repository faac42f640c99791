/**
 * NAT: the director rewrites the destination, so that answers must return through it to be rewritten too. IPVS does no source
 * NAT by itself: real servers get a return path, or the director masquerades.
 */

import { unique } from "../../base/unique.ts";
import { say } from "../../languages/say.ts";
import { familyOf } from "../../topology/addresses.ts";
import type {
  Cluster,
  Host,
  PortRange,
  RealServer,
  ReturnPath,
  VirtualService,
} from "../../topology/model.ts";
import { unavailable } from "../feature-gate.ts";
import { addressNear, directorAddress, isLocal, type Membership } from "../memberships.ts";
import type { Resource, RuleResource, SysctlResource } from "../resources.ts";
import { interfaceSysctl } from "../sysctl-names.ts";
import type { ForwardingMethod } from "./method.ts";
import { looseFilter, mayAnswerElsewhere } from "./reverse-path.ts";

export const masquerading: ForwardingMethod = {
  director(_, host, members) {
    const remote = members.filter(({ server }) => !isLocal(host, server));
    return [...forwardingSysctls(host, remote), ...masqueradeRules(remote)];
  },
  realServer: (cluster, host, members) =>
    unique(members.map(({ service }) => service.returnPath)).flatMap((path) =>
      returnPaths[path](
        cluster,
        host,
        members.filter(({ service }) => service.returnPath === path),
      ),
    ),
};

type WayBack = (cluster: Cluster, host: Host, members: readonly Membership[]) => Resource[];

/** How answers of a real server return, one row for each way. */
const returnPaths: Readonly<Record<ReturnPath, WayBack>> = {
  "source-rule": sourceRules,
  "default-gateway": defaultGateway,
  // The director's own address is the source: answers return by themselves.
  masquerade: () => [],
};

/** Numbers of routing tables and priorities of rules begin here: below main's 32766, above what network managers hand out. */
const firstTable = 8000;

function sourceRules(cluster: Cluster, host: Host, members: readonly Membership[]): Resource[] {
  const gateways = unique(members.flatMap(({ server }) => directorAddress(cluster, server) ?? []));
  const routes = gateways.flatMap((via, index): Resource[] => {
    const near = addressNear(host, via);
    if (near === null) return [];
    const way = {
      kind: "route" as const,
      family: familyOf(via),
      interface: near.interface,
      table: firstTable + index,
      metric: null,
    };
    const direct = checkersNear(cluster, via).map((to): Resource => ({ ...way, to, via: null }));
    return [...direct, { ...way, to: "default", via }];
  });
  const selectors = members.flatMap(({ service, server }) =>
    rulesFor(host, service, server, firstTable + gateways.indexOf(directorAddress(cluster, server) ?? "")),
  );
  const once = new Map(selectors.map((rule) => [JSON.stringify(rule), rule]));
  const rules = [...once.values()].map((rule, index) => ({ ...rule, priority: firstTable + index }));
  return [...validSources(host, gateways), ...routes, ...rules];
}

/**
 * From 4.18 until 5.14 (and its backports) the kernel looks up a packet's way back with its ports the wrong way round, so that
 * rules by port are missed (fib_frontend.c, __fib_validate_source: the fix of June 2021 for 5a847a6e1477).
 */
function validSources(host: Host, gateways: readonly string[]): Resource[] {
  if (!mayAnswerElsewhere(host) || unavailable("routing rules by port", host) !== undefined) return [];
  const ingress = gateways.flatMap((via) =>
    familyOf(via) === 4 ? (addressNear(host, via)?.interface ?? []) : [],
  );
  return unique(ingress).map((name) =>
    looseFilter(name, say`answers leave by ${name} again, by a rule that some kernels miss: loose`),
  );
}

/**
 * Directors' own addresses beside a gateway that moves between them. Each director checks the servers, and answers through the
 * master would be lost with it: the director that takes over would find every server dead.
 */
function checkersNear({ directors, hosts }: Cluster, gateway: string): string[] {
  if (directors.engine !== "keepalived") return [];
  const addresses = directors.hosts.flatMap((name) => {
    const director = hosts.get(name);
    return director === undefined ? [] : (addressNear(director, gateway)?.ip ?? []);
  });
  return addresses.filter((ip) => ip !== gateway);
}

/** Only the service's own answers go through the director; an older kernel can only send everything from the address there. */
function rulesFor(
  host: Host,
  service: VirtualService,
  { address, port }: RealServer,
  table: number,
): RuleResource[] {
  const rule = {
    kind: "rule" as const,
    family: familyOf(address),
    priority: firstTable,
    from: address,
    table,
  };
  if (unavailable("routing rules by port", host) !== undefined) return [{ ...rule, service: null }];
  const { protocol } = service;
  return answerPorts(service, port).map((ports) => ({ ...rule, service: { protocol, ports } }));
}

/** Ports that a real server answers from; null is any. */
function answerPorts({ mark, port: asked }: VirtualService, port: number): (PortRange | null)[] {
  const single = port === 0 ? asked : port;
  if (single !== 0) return [{ first: single, last: single }];
  return mark === null ? [null] : [...mark.ports];
}

function defaultGateway(cluster: Cluster, host: Host, members: readonly Membership[]): Resource[] {
  const gateways = unique(members.flatMap(({ server }) => directorAddress(cluster, server) ?? []));
  return gateways.flatMap((via): Resource[] => {
    const near = addressNear(host, via);
    if (near === null) return [];
    // IPv6 keeps several default routes by metric, so that ours goes first and the other stays.
    return familyOf(via) === 4
      ? [{ kind: "default-route", via, interface: near.interface }]
      : [{ kind: "route", family: 6, to: "default", via, interface: near.interface, table: null, metric: 1 }];
  });
}

function forwardingSysctls(host: Host, members: readonly Membership[]): SysctlResource[] {
  const families = unique(members.map(({ server }) => familyOf(server.address)));
  return families.flatMap((family) => (family === 4 ? forwardIpv4(host, members) : forwardIpv6()));
}

/**
 * A director on its servers' own segment would send clients and servers redirects to the shorter path, past itself. The kernel
 * sends them if `all` or the interface allows it: both are off.
 */
function forwardIpv4(host: Host, members: readonly Membership[]): SysctlResource[] {
  const interfaces = members.flatMap(({ server }) => addressNear(host, server.address)?.interface ?? []);
  return [
    {
      kind: "sysctl",
      name: "net.ipv4.ip_forward",
      value: "1",
      reason: say`answers of the real servers pass through this director`,
    },
    ...["all", ...unique(interfaces)].map(
      (name): SysctlResource => ({
        kind: "sysctl",
        name: interfaceSysctl("ipv4", name, "send_redirects"),
        value: "0",
        reason:
          name === "all"
            ? say`no redirects to a shorter path, past this director`
            : say`no redirects on ${name} to a shorter path, past this director`,
      }),
    ),
  ];
}

function forwardIpv6(): SysctlResource[] {
  return [
    {
      kind: "sysctl",
      name: "net.ipv6.conf.all.forwarding",
      value: "1",
      reason: say`answers of the real servers pass through this director`,
    },
  ];
}

/** Source NAT by netfilter, for which IPVS has to keep connection tracking entries. */
function masqueradeRules(members: readonly Membership[]): Resource[] {
  const masqueraded = members.filter(({ service }) => service.returnPath === "masquerade");
  const rules = masqueraded.map(({ service, server }): Resource => {
    const ports = answerPorts(service, server.port).flatMap((range) => range ?? []);
    return {
      kind: "firewall-rule",
      family: familyOf(server.address),
      match: { protocol: service.protocol, notFromMacs: [], from: null, to: server.address, ports },
      action: { kind: "masquerade" },
      reason: say`${server.host ?? server.address} answers this director, not the client`,
    };
  });
  return rules;
}
