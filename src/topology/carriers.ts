/** Which interface of each director carries an address that is not its own. */

import { inSubnet } from "./addresses.ts";
import type { Host } from "./model.ts";

/** By director: the interface in the topology, or else the one whose subnet holds the address. */
export function carriers(
  ip: string,
  asked: string | undefined,
  directors: readonly Host[],
): Map<string, string> {
  const interfaces = new Map<string, string>();
  for (const { name, addresses } of directors) {
    const candidates =
      asked === undefined
        ? addresses.filter((address) => inSubnet(ip, address)).toSorted((a, b) => b.prefix - a.prefix)
        : addresses.filter((address) => address.interface === asked);
    if (candidates[0] !== undefined) interfaces.set(name, candidates[0].interface);
  }
  return interfaces;
}
