/** Interfaces that carry addresses and no packets of clients: what comes for these comes in by another one. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Observed, OwnAddress } from "../observed.ts";

/** Of Linux: loopback, dummy devices, and the tunnels that IPVS and its tutorials use. */
const carrierOnly = /^(lo|dummy\d*|(ip6?)?tunl\d*|ip6tnl\d*|gre(tap)?\d*|sit\d*|ifb\d*)$/;

export function isCarrierOnly(name: string | null): boolean {
  return name !== null && carrierOnly.test(name);
}

export interface OnRealInterfaces {
  readonly observed: Observed;
  /** VIPs that such an interface had, with its name. */
  readonly moved: ReadonlyMap<string, string>;
}

/** VIPs on such interfaces get the one that clients' packets come in by; other addresses stay with the host. */
export function onRealInterfaces(seen: Observed, vips: ReadonlySet<string>, notes: Notes): OnRealInterfaces {
  const moved = new Map<string, string>();
  const place = <A extends OwnAddress>(addresses: readonly A[]) =>
    addresses.flatMap((address): A[] => {
      const { ip, interface: name } = address;
      if (name === null || !isCarrierOnly(name)) return [address];
      if (vips.has(ip)) {
        moved.set(ip, name);
        return [{ ...address, interface: null }];
      }
      notes.leftOut(
        address.place,
        say`${ip} on ${name} is left out: clients' packets do not come in there`,
        say`keep it by hand`,
      );
      return [];
    });
  return { observed: { ...seen, carried: place(seen.carried), own: place(seen.own) }, moved };
}
