/** Everything that lvsgen can find in a topology, in the order of codes. */

import type { Explained } from "../../topology/explain/explanation.ts";
import { faultCodes } from "../../topology/explain/fault-codes.ts";
import { rules } from "../registry.ts";

export const allCodes: readonly Explained[] = [
  ...Object.entries(faultCodes).map(([code, explained]) => ({ code, ...explained })),
  ...rules,
].toSorted((a, b) => (a.code < b.code ? -1 : 1));
