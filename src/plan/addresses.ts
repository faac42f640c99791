/** Addresses as plans write them. */

import type { Family } from "../topology/model.ts";

/** The address with the prefix length that covers it alone. */
export function hostPrefix(address: string, family: Family): string {
  return `${address}/${family === 4 ? 32 : 128}`;
}
