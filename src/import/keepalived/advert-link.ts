/** A link that VRRP's adverts have to themselves, and what directors give up without. */

import { unique } from "../../base/unique.ts";
import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { InstanceDraft } from "./instances.ts";

/** The interface of all instances, where their addresses are on others; null where some are on it. */
export function advertLink(instances: readonly InstanceDraft[]): string | null {
  const link = instances[0]?.interface ?? null;
  const isApart = instances.every(
    ({ interface: name, addresses }) =>
      name === link && addresses.length > 0 && addresses.every((address) => address.interface !== link),
  );
  return isApart ? link : null;
}

/** lvsgen tracks where addresses are, and nothing else. */
export function tellTracking(instances: readonly InstanceDraft[], notes: Notes): void {
  const link = advertLink(instances);
  for (const { name, place, interface: own, addresses, uses, untracked } of instances) {
    const tracked = uses.filter(({ kind }) => kind === "interface");
    const carriers = unique(addresses.flatMap((address) => address.interface ?? []));
    if (link === null) {
      if (own !== null && carriers.length > 0 && !carriers.includes(own))
        notes.changed(
          place,
          say`${name}'s adverts go over ${own}; lvsgen's go over ${carriers.reduce((before, carrier) => say`${before} and ${carrier}`)}, with its addresses`,
          say`make sure that the directors reach each other there`,
          { effect: "traffic" },
        );
      if (untracked !== null)
        notes.changed(
          untracked,
          own === null
            ? say`dont_track_primary: lvsgen has a director give up that loses its interface`
            : say`dont_track_primary: lvsgen has a director give up that loses ${own}`,
          say`no change is needed if that is right`,
        );
      continue;
    }
    for (const carrier of carriers.filter((each) => tracked.every((other) => other.name !== each)))
      notes.changed(
        place,
        say`${name} does not track ${carrier}: lvsgen does, so that a master gives up that clients do not reach`,
        say`no change is needed if that is right`,
      );
    if (untracked === null || tracked.some((each) => each.name === link))
      notes.changed(
        place,
        say`${name} gives up without ${link}, on all directors alike; lvsgen's go on without it, each as master`,
        say`no change is needed if that is right`,
        { effect: "traffic" },
      );
  }
}
