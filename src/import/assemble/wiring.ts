/** The directors' interfaces: what is known of them, and stand-ins where an address must lie on some segment. */

import { broadcast, familyOf, inSubnet, network } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { OwnAddress } from "../observed.ts";
import type { Place } from "../place.ts";
import { addressAt } from "../ranges.ts";

export interface WiredAddress {
  readonly interface: string;
  readonly ip: string;
  readonly prefix: number;
  readonly family: 4 | 6;
}

/** What networks of servers mostly have, and all that IPv6 autoconfiguration takes. */
const usualPrefix = { 4: 24, 6: 64 } as const;

/** Stand-ins come from above, where DHCP and people seldom put anything; IPv4's last ones are often routers. */
const firstOffset = 250n;

export class Wiring {
  /** Of the first director. */
  readonly addresses: WiredAddress[] = [];
  readonly #used: Set<string>;
  readonly #complete: boolean;
  readonly #notes: Notes;
  readonly #names: Set<string>;

  /**
   * @param complete whether all addresses of the director are known: then nothing is made up
   * @param used addresses that are somebody's already
   * @param names of interfaces that are known, so that no stand-in takes them
   */
  constructor(complete: boolean, used: Iterable<string>, names: Iterable<string>, notes: Notes) {
    this.#complete = complete;
    this.#used = new Set(used);
    this.#names = new Set(names);
    this.#notes = notes;
  }

  /** An address that the director is known to have. */
  known({ ip, prefix, interface: name, place }: OwnAddress): void {
    const family = familyOf(ip);
    const bits = prefix ?? usualPrefix[family];
    this.addresses.push({ interface: name ?? this.#nextName(), ip, prefix: bits, family });
    if (prefix !== null) return;
    this.#notes.standIn(
      place,
      "/hosts",
      `the prefix length of ${ip} is not told: ${bits} stands in`,
      "correct it",
    );
  }

  /** The director's address on the segment of another one. */
  near(ip: string): WiredAddress | undefined {
    return this.addresses.find((address) => inSubnet(ip, address));
  }

  on(name: string | null, family: 4 | 6): WiredAddress | undefined {
    return this.addresses.find((address) => address.interface === name && address.family === family);
  }

  /** The segment's prefix length, as far as it is known. */
  prefixOf(ip: string): number {
    return this.near(ip)?.prefix ?? usualPrefix[familyOf(ip)];
  }

  /** Sees to it that the director has an address on the segment, by a stand-in where nothing is known. */
  reach(ip: string, name: string | null, prefix: number | null, place: Place): void {
    if (this.near(ip) !== undefined || this.#complete) return;
    const family = familyOf(ip);
    const bits = prefix !== null && prefix < (family === 4 ? 31 : 127) ? prefix : usualPrefix[family];
    const own = this.free(ip, bits);
    const at = name ?? this.#nameFor(family);
    this.addresses.push({ interface: at, ip: own, prefix: bits, family });
    this.#notes.standIn(
      place,
      "/hosts",
      `the director's own address near ${ip} is not told: ${own}/${bits} on ${at} stands in`,
      "give its addresses with --addresses ('ip -j addr' prints them), or correct it",
    );
  }

  /** An address of the segment that nobody is known to have. */
  free(ip: string, prefix: number): string {
    const [first, last] = [network(ip, prefix), broadcast(ip, prefix)];
    for (let offset = firstOffset; offset > 0n; offset--) {
      const candidate = addressAt(first, offset);
      if (!inSubnet(candidate, { ip: first, prefix, family: familyOf(ip) }) || candidate === last) continue;
      if (this.#used.has(candidate)) continue;
      this.#used.add(candidate);
      return candidate;
    }
    return addressAt(first, 1n);
  }

  /** IPv6 mostly shares the interface of IPv4. */
  #nameFor(family: 4 | 6): string {
    const other = this.addresses.find(
      (address) => address.family !== family && this.on(address.interface, family) === undefined,
    );
    return family === 6 && other !== undefined ? other.interface : this.#nextName();
  }

  #nextName(): string {
    for (let number = 0; ; number++) {
      const name = `eth${number}`;
      if (
        this.addresses.every((address) => address.interface !== name) &&
        (number === 0 || !this.#names.has(name))
      )
        return name;
    }
  }
}
