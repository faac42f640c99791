/** What directors announce, in words. */

import { listed } from "../base/counted.ts";
import { say } from "../languages/say.ts";
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
