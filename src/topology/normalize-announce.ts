/** directors.announce of the topology -> the model. */

import { pointerOf } from "../base/json-pointer.ts";
import { canonicalIp, familyOf } from "./addresses.ts";
import type { Announcement as AnnounceInput } from "./input.generated.ts";
import type { Announce, BgpNeighbor } from "./model.ts";
import type { SecretAt } from "./secret-sources.ts";

/** A router gives up a director that is cut off after 9 s; BIRD's own 240 s would be long. */
export const announceDefaults = { holdTime: 9, daemon: "bird", when: "all" } as const;

/** @returns null where the topology has none */
export function normalizeAnnounce(input: AnnounceInput | undefined, secretAt: SecretAt): Announce | null {
  // What the schema refused may have left nothing.
  if (input?.bgp === undefined) return null;
  const { asn, neighbors, holdTime, med, communities } = input.bgp;
  return {
    asn,
    neighbors: (neighbors ?? []).flatMap((neighbor, index): BgpNeighbor[] => {
      const address = canonicalIp(neighbor.address);
      if (address === null) return [];
      const pointer = pointerOf("directors", "announce", "bgp", "neighbors", index);
      return [
        {
          address,
          family: familyOf(address),
          asn: neighbor.asn,
          password: secretAt(`${pointer}/password`),
          multihop: neighbor.multihop ?? false,
          pointer,
        },
      ];
    }),
    holdTime: typeof holdTime === "number" ? holdTime : announceDefaults.holdTime,
    med: med ?? null,
    communities: communities ?? [],
    daemon: input.daemon ?? announceDefaults.daemon,
    when: input.when ?? announceDefaults.when,
  };
}
