/** What directors announce, in words. */

import { listed } from "../base/counted.ts";
import { say } from "../languages/say.ts";
import type { AnnouncementResource, BirdResource } from "../plan/resources.ts";
import type { Announce } from "../topology/model.ts";

export function announceText(announce: Announce | null): string {
  if (announce === null) return say`off`;
  const { asn, neighbors, holdTime, daemon, when, med, communities } = announce;
  const routers = listed(neighbors.map(({ address, asn: theirs }) => `${address} AS ${theirs}`));
  return [
    say`BGP AS ${asn} to ${routers}`,
    say`hold time ${holdTime} s`,
    `daemon ${daemon}`,
    `when ${when}`,
    ...(med === null ? [] : [`MED ${med}`]),
    ...(communities.length === 0 ? [] : [say`communities ${listed(communities)}`]),
  ].join(", ");
}

/** e.g. `BIRD, AS 65010, hold time 9 s`, and a line a session. */
export function birdLines({ asn, holdTime, sessions }: BirdResource): string[] {
  return [
    say`BIRD, AS ${asn}, hold time ${holdTime} s`,
    ...sessions.map(({ address, asn: theirs }) => `  ${say`session with ${address}, AS ${theirs}`}`),
  ];
}

export function announcementText({ vip, when, drained }: AnnouncementResource): string {
  if (drained) return say`${vip} is not announced: this director is drained`;
  return when === "all"
    ? say`${vip} is announced while each of its services has its quorum`
    : say`${vip} is announced while one of its services has its quorum`;
}
