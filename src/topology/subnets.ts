/** Finds subnets by an address in them. */

import { type Cidr, familyOf, networkKey } from "./addresses.ts";

/** Addresses with their subnets: a lookup takes as long as there are different prefix lengths, not subnets. */
export class Subnets<A extends Cidr> {
  readonly #rows: Row<A>[] = [];
  #count = 0;

  constructor(addresses: Iterable<A> = []) {
    for (const address of addresses) this.add(address);
  }

  add(address: A): void {
    const { family, prefix, ip } = address;
    const networks = this.#row(family, prefix).networks;
    const key = networkKey(ip, prefix);
    const found = { address, order: this.#count++ };
    const others = networks.get(key);
    if (others === undefined) networks.set(key, [found]);
    else others.push(found);
  }

  /** All in whose subnet the address lies, in the order in which they were added. */
  all(ip: string): A[] {
    return this.#around(ip)
      .toSorted((a, b) => a.order - b.order)
      .map(({ address }) => address);
  }

  /** The first of them. */
  near(ip: string): A | undefined {
    return this.all(ip)[0];
  }

  /** The first of those with the smallest subnet. */
  closest(ip: string): A | undefined {
    return this.all(ip).toSorted((a, b) => b.prefix - a.prefix)[0];
  }

  #row(family: number, prefix: number): Row<A> {
    const known = this.#rows.find((row) => row.family === family && row.prefix === prefix);
    if (known !== undefined) return known;
    const row = { family, prefix, networks: new Map() };
    this.#rows.push(row);
    return row;
  }

  #around(ip: string): Found<A>[] {
    const family = familyOf(ip);
    return this.#rows.flatMap((row) =>
      row.family === family ? (row.networks.get(networkKey(ip, row.prefix)) ?? []) : [],
    );
  }
}

interface Row<A> {
  readonly family: number;
  readonly prefix: number;
  readonly networks: Map<number | string, Found<A>[]>;
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
