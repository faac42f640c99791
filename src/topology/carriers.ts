/** Which interface of each director carries an address that is not its own. */

import type { Host } from "./model.ts";
import { subnetsOf } from "./subnets.ts";

/** By director: the interface in the topology, or else the one whose subnet holds the address. */
export function carriers(
  ip: string,
  asked: string | undefined,
  directors: readonly Host[],
): Map<string, string> {
  const interfaces = new Map<string, string>();
  for (const { name, addresses } of directors) {
    const carrier =
      asked === undefined
        ? subnetsOf(addresses).closest(ip)
        : addresses.find((address) => address.interface === asked);
    if (carrier !== undefined) interfaces.set(name, carrier.interface);
  }
  return interfaces;
}
