/** Direct routing: the director changes the frame's address only; the real server has the VIP and answers the client itself. */

import { unique } from "../../base/unique.ts";
import { say } from "../../languages/say.ts";
import type { Cluster, Host } from "../../topology/model.ts";
import { addressNear, type Membership } from "../memberships.ts";
import type { Resource, SysctlResource } from "../resources.ts";
import { interfaceSysctl } from "../sysctl-names.ts";
import type { ForwardingMethod } from "./method.ts";
import { looseFilter, mayAnswerElsewhere } from "./reverse-path.ts";
import { ingressInterfaces } from "./vip-carrier.ts";

export const directRouting: ForwardingMethod = {
  director: (cluster, host, members) => throughDirector(cluster, host, members),
  realServer: (_, host, members) => answersElsewhere(host, members),
};

/** Requests come in from the director, with the client's address as their source; the answer leaves by the client's side. */
function answersElsewhere(host: Host, members: readonly Membership[]): SysctlResource[] {
  if (!mayAnswerElsewhere(host)) return [];
  const ofIpv4 = members.filter(({ service }) => service.family === 4);
  return ingressInterfaces(host, ofIpv4).map((name) =>
    looseFilter(name, say`requests arrive on ${name}, and answers may leave by another interface: loose`),
  );
}

/**
 * Where the director is its real servers' gateway, their answers pass through it, with its own VIP as their source: the kernel
 * takes such packets for forged unless a sysctl allows them.
 */
function throughDirector(cluster: Cluster, director: Host, members: readonly Membership[]): Resource[] {
  const interfaces = members.flatMap(({ server }) => {
    const gateway = server.host === null ? null : cluster.hosts.get(server.host)?.gateway;
    const isGateway = director.addresses.some(({ ip }) => ip === gateway);
    return isGateway ? (addressNear(director, server.address)?.interface ?? []) : [];
  });
  const names = unique(interfaces);
  if (names.length === 0) return [];
  const sysctls = names.flatMap((name): SysctlResource[] => [
    {
      kind: "sysctl",
      name: interfaceSysctl("ipv4", name, "accept_local"),
      value: "1",
      reason: say`real servers answer through this director, from the VIP, which is its own (${name})`,
    },
    looseFilter(name, say`packets from the VIP arrive on ${name}: loose`),
  ]);
  return [
    ...sysctls,
    {
      kind: "sysctl",
      name: "net.ipv4.ip_forward",
      value: "1",
      reason: say`this director is the gateway of its real servers`,
    },
  ];
}
