/** Tracks as written, with their places: those of floating addresses, and those of the directors. */

import { pointerOf } from "../base/json-pointer.ts";
import type { Track } from "../topology/input.generated.ts";
import type { Host } from "../topology/model.ts";
import type { Placed } from "./places.ts";
import type { RuleContext } from "./rule.ts";

export interface PlacedTrack extends Placed<Track> {
  /** Interfaces that adverts go over, on any of the hosts. */
  readonly interfaces: ReadonlySet<string>;
  readonly hosts: readonly Host[];
  readonly intact: RuleContext["intact"];
}

export function placedTracks({ topology, cluster, intact }: RuleContext): PlacedTrack[] {
  const { directors, floatingAddresses } = topology;
  const place = pointerOf("directors", "vrrp");
  const link = cluster.directors.vrrp.interface;
  const ofDirectors =
    link === null ? cluster.services.flatMap(({ interfaces }) => [...interfaces.values()]) : [link];
  const byPointer = new Map(cluster.floating.map(({ pointer, interfaces }) => [pointer, interfaces]));
  return [
    ...listed(directors.vrrp?.track, place, new Set(ofDirectors), cluster.directors.hosts),
    ...floatingAddresses.flatMap((address, index) => {
      const pointer = pointerOf("floatingAddresses", index);
      const own = byPointer.get(pointer);
      return listed(address.track, pointer, new Set(own?.values()), [...(own?.keys() ?? [])]);
    }),
  ];

  function listed(
    tracks: readonly Track[] = [],
    pointer: string,
    interfaces: ReadonlySet<string>,
    names: readonly string[],
  ): PlacedTrack[] {
    const hosts = names.flatMap((name) => cluster.hosts.get(name) ?? []);
    return tracks.map((value, at) => ({
      value,
      pointer: `${pointer}/track/${at}`,
      interfaces,
      hosts,
      intact,
    }));
  }
}
