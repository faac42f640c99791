/** Virtual servers that are given twice: IPVS has one service for both. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer, ObservedService, Selector } from "../observed.ts";

/** keepalived adds the second's servers to the first, whose settings stay (libipvs passes over "exists"). */
export function mergeServices(services: readonly ObservedService[], notes: Notes): ObservedService[] {
  const merged = new Map<string, ObservedService>();
  for (const service of services) {
    const key = keyOf(service.selector);
    const first = merged.get(key);
    if (first === undefined) {
      merged.set(key, service);
      continue;
    }
    notes.changed(
      service.place,
      say`${key} is given again: IPVS has one service for both, with the settings of the first one in line ${first.place.line} and the servers of both, and so has the topology`,
      say`merge them, or correct an address or a port`,
      { effect: "traffic" },
    );
    merged.set(key, { ...first, servers: withMore(first.servers, service.servers) });
  }
  return [...merged.values()];
}

function keyOf(selector: Selector): string {
  if (selector.kind === "mark") return say`firewall mark ${selector.value} of IPv${selector.family}`;
  return `${selector.vip} ${selector.port} (${selector.protocol})`;
}

function withMore(first: readonly ObservedServer[], second: readonly ObservedServer[]): ObservedServer[] {
  const known = new Set(first.map(({ address, port }) => `${address} ${port}`));
  return [...first, ...second.filter(({ address, port }) => !known.has(`${address} ${port}`))];
}
