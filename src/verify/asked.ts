/** What is asked: an address, its ports, and who may answer. Pure. */

import { answeredPorts } from "../plan/floating.ts";
import type { FloatingAddress, VirtualService } from "../topology/model.ts";

export interface Asked {
  readonly name: string;
  readonly address: string;
  /** None where it cannot be verified. */
  readonly ports: readonly number[];
  /** Why, then. */
  readonly why: string;
  /** Names that an answer may have. */
  readonly servers: readonly string[];
}

export function askedService(service: VirtualService): Asked {
  const { name, vip: address, protocol, realServers } = service;
  const why =
    protocol === "tcp"
      ? "it takes any port, and the one that is served is unknown"
      : `no ${protocol} request is answered by all applications`;
  // Only managed real servers have names.
  const servers = [...new Set(realServers.flatMap(({ host }) => host ?? []))];
  return { name, address, ports: protocol === "tcp" ? portsOf(service) : [], why, servers };
}

/** Ports to ask on: its own, or the first of each range of a mark; none where it takes any port. */
function portsOf({ port, mark }: VirtualService): number[] {
  if (mark !== null) return [...new Set(mark.ports.map(({ first }) => first))];
  return port === 0 ? [] : [port];
}

/** Its tracks ask the programs that answer there. */
export function askedFloating(floating: FloatingAddress): Asked {
  const { name, ip: address, members } = floating;
  const why = "no track has a port, and the one that is served is unknown: 'lvsgen status' says who has it";
  return { name, address, ports: answeredPorts(floating), why, servers: members.map(({ host }) => host) };
}
