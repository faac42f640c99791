/** Ports as topologies and tools write them. */

import type { PortRange } from "./model.ts";

/** A port, or "from-to"; null if the greater port is first or one is not a port, which a rule reports. */
export function parsePortRange(item: number | string): PortRange | null {
  const [first = Number.NaN, last = first] = String(item).split("-").map(Number);
  return first >= 1 && first <= last && last <= 65535 ? { first, last } : null;
}

/** @param dash what the tool writes between the ends */
export function portRangeText({ first, last }: PortRange, dash = "-"): string {
  return first === last ? String(first) : `${first}${dash}${last}`;
}
