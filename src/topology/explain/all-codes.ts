/** Everything that lvsgen can say of a topology, in the order of codes. */

import { rules } from "../rules/registry.ts";
import type { Explained } from "./explanation.ts";
import { faultCodes } from "./fault-codes.ts";

export const allCodes: readonly Explained[] = [
  ...Object.entries(faultCodes).map(([code, explained]) => ({ code, ...explained })),
  ...rules,
].toSorted((a, b) => (a.code < b.code ? -1 : 1));
