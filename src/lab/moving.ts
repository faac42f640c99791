/** Addresses that move by what their hosts watch: floating addresses, and the directors' VIPs where directors have tracks. */

import { directorElection, type Election, floatingElections } from "../plan/election.ts";
import type { Cluster, Track } from "../topology/model.ts";
import { askedPort } from "./applications.ts";
import type { LabMoving, LabTrack } from "./spec.ts";

/** What clients know of an address, and which of them asks. */
type Asked = Pick<LabMoving, "name" | "vip" | "family" | "port" | "client">;

interface Place {
  readonly ip: string;
  readonly name: string;
  readonly interfaces: ReadonlyMap<string, string>;
}

/** @param clientOf name of a client that reaches the address */
export function movingAddresses(cluster: Cluster, clientOf: (place: Place) => string): LabMoving[] {
  const firsts = new Map<Election, string>();
  const floating = [...floatingElections(cluster)].map(([address, election]) => {
    const group = firsts.get(election) ?? address.name;
    firsts.set(election, group);
    const { name, ip: vip, family, track } = address;
    return movingOf(
      { name, vip, family, port: askedPort(track), client: clientOf(address) },
      election,
      group,
    );
  });
  return [...floating, ...directorsVip(cluster, clientOf)];
}

/** One VIP: the others move with it. */
function directorsVip(cluster: Cluster, clientOf: (place: Place) => string): LabMoving[] {
  const { directors, services } = cluster;
  const service = services.find(({ protocol, port }) => protocol === "tcp" && port !== 0);
  if (directors.engine !== "keepalived" || directors.vrrp.track.length === 0 || service === undefined)
    return [];
  const { name, vip, family, port, interfaces } = service;
  const client = clientOf({ ip: vip, name, interfaces });
  return [movingOf({ name, vip, family, port, client }, directorElection(cluster), name)];
}

function movingOf(asked: Asked, election: Election, group: string): LabMoving {
  const { members, advertInterval, preempt, preemptDelay, tracks } = election;
  return {
    ...asked,
    members,
    advertInterval,
    preempt,
    preemptDelay: preemptDelay ?? 0,
    group,
    tracks: tracks.map(labTrack),
  };
}

function labTrack({ type, port, name, command, path, ...times }: Track): LabTrack {
  const { interval, timeout, rise, fall, weight } = times;
  return { type, port, name: name ?? command ?? path ?? "", interval, timeout, rise, fall, weight };
}
