/** All tables of nft of a state, in place of those that are there. */

import type { Difference } from "./difference.ts";

export function nftTables(difference: Difference): string[] {
  return difference.differs("nft") ? ["flush ruleset", ...(difference.to.get("nft") ?? [])] : [];
}
