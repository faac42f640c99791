/** A topology with its optional halves: directors with their services, and floating addresses. */

import type { Topology } from "./input.generated.ts";

/** What is left out is empty here. */
export type WholeTopology = Topology & Required<Pick<Topology, (typeof halves)[number]>>;

const halves = ["directors", "virtualServices", "floatingAddresses"] as const;

export function wholeTopology(topology: Topology): WholeTopology {
  return { ...topology, ...absent, ...topology };
}

const absent: Pick<WholeTopology, (typeof halves)[number]> = {
  directors: { hosts: [] },
  virtualServices: [],
  floatingAddresses: [],
};
