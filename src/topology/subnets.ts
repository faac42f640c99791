/** Finds subnets by an address in them. */

import { type Cidr, familyOf, networkKey } from "./addresses.ts";

/** Addresses with their subnets: a lookup takes as long as there are different prefix lengths, not subnets. */
export class Subnets<A extends Cidr> {
  /** By family and prefix length, the addresses by network. */
  readonly #byPrefix = new Map<
    string,
    { readonly sample: A; readonly networks: Map<number | string, Found<A>> }
  >();
  #count = 0;

  constructor(addresses: Iterable<A> = []) {
    for (const address of addresses) this.add(address);
  }

  add(address: A): void {
    const { family, prefix, ip } = address;
    const key = `${family}/${prefix}`;
    const row = this.#byPrefix.get(key) ?? { sample: address, networks: new Map() };
    this.#byPrefix.set(key, row);
    const at = networkKey(ip, prefix);
    if (!row.networks.has(at)) row.networks.set(at, { address, order: this.#count });
    this.#count++;
  }

  /** The first address that was added in whose subnet the given one lies. */
  near(ip: string): A | undefined {
    return this.#around(ip).toSorted((a, b) => a.order - b.order)[0]?.address;
  }

  /** The same with the smallest subnet. */
  closest(ip: string): A | undefined {
    return this.#around(ip).toSorted((a, b) => b.address.prefix - a.address.prefix)[0]?.address;
  }

  /** One of each prefix length at most. */
  #around(ip: string): Found<A>[] {
    const family = familyOf(ip);
    const around: Found<A>[] = [];
    for (const { sample, networks } of this.#byPrefix.values()) {
      if (sample.family !== family) continue;
      const found = networks.get(networkKey(ip, sample.prefix));
      if (found !== undefined) around.push(found);
    }
    return around;
  }
}

interface Found<A> {
  readonly address: A;
  readonly order: number;
}

const kept = new WeakMap<readonly Cidr[], Subnets<Cidr>>();

/** Of a list that does not change and is asked often. */
export function subnetsOf<A extends Cidr>(addresses: readonly A[]): Subnets<A> {
  const known = kept.get(addresses) as Subnets<A> | undefined;
  const subnets = known ?? new Subnets(addresses);
  if (known === undefined) kept.set(addresses, subnets as unknown as Subnets<Cidr>);
  return subnets;
}
