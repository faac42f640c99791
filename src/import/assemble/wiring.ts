/** The directors' interfaces: the known ones, and placeholders for segments that need an address. */

import { say } from "../../languages/say.ts";
import { broadcast, type Cidr, familyOf, inSubnet, network } from "../../topology/addresses.ts";
import { Subnets } from "../../topology/subnets.ts";
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

/** Placeholders begin high, where DHCP and people seldom assign addresses; IPv4's last ones are often routers. */
const firstOffset = 250n;

export interface Known {
  /** Whether all addresses of the director are known: then there are no placeholders. */
  readonly complete: boolean;
  /** Addresses that are in use. */
  readonly used: Iterable<string>;
  /** Of interfaces, which no placeholder takes. */
  readonly names: Iterable<string>;
  /** What VIPs and the like say of segments' prefix lengths. */
  readonly networks: readonly Cidr[];
  /** Whose interfaces they are. */
  readonly owner?: string;
}

export class Wiring {
  /** Of the first director. */
  readonly addresses: WiredAddress[] = [];
  readonly #subnets = new Subnets<WiredAddress>();
  /** By interface and family. */
  readonly #onInterface = new Map<string, WiredAddress>();
  /** No placeholder below it is free. */
  #nextNumber = 0;
  readonly #used: Set<string>;
  readonly #complete: boolean;
  readonly #owner: string;
  readonly #notes: Notes;
  readonly #names: Set<string>;

  readonly #networks: Subnets<Cidr>;

  constructor({ complete, used, names, networks, owner = say`the director` }: Known, notes: Notes) {
    this.#owner = owner;
    this.#complete = complete;
    this.#used = new Set(used);
    this.#names = new Set(names);
    this.#networks = new Subnets(networks);
    this.#notes = notes;
  }

  /** An address that the director is known to have. */
  known({ ip, prefix, interface: name, place }: OwnAddress): void {
    const family = familyOf(ip);
    const told = prefix ?? this.#networkOf(ip)?.prefix ?? null;
    const bits = told ?? usualPrefix[family];
    this.#add({ interface: name ?? this.#nextName(), ip, prefix: bits, family });
    if (told !== null) return;
    this.#notes.placeholder(
      place,
      "/hosts",
      say`unknown prefix length of ${ip}: the placeholder is ${bits}`,
      say`correct it`,
    );
  }

  /** The director's address on the segment of another one. */
  near(ip: string): WiredAddress | undefined {
    return this.#subnets.near(ip);
  }

  on(name: string | null, family: 4 | 6): WiredAddress | undefined {
    return name === null ? undefined : this.#onInterface.get(`${name} ${family}`);
  }

  /** The segment's prefix length, as far as it is known. */
  prefixOf(ip: string): number {
    return this.near(ip)?.prefix ?? this.#networkOf(ip)?.prefix ?? usualPrefix[familyOf(ip)];
  }

  #networkOf(ip: string): Cidr | undefined {
    return this.#networks.near(ip);
  }

  /** Gives the director an address on the segment: a placeholder if none is known. */
  reach(ip: string, name: string | null, prefix: number | null, place: Place): void {
    if (this.near(ip) === undefined) this.add(ip, name, prefix, place);
  }

  /** The same where the director may have an address on the segment already, on another interface. */
  add(ip: string, name: string | null, prefix: number | null, place: Place): void {
    if (this.#complete) return;
    const family = familyOf(ip);
    const isNetwork = prefix !== null && prefix < (family === 4 ? 31 : 127);
    const bits = isNetwork ? prefix : (this.#networkOf(ip)?.prefix ?? usualPrefix[family]);
    const own = this.free(ip, bits);
    const at = name ?? this.#nameFor(family);
    this.#add({ interface: at, ip: own, prefix: bits, family });
    this.#notes.placeholder(
      place,
      "/hosts",
      say`unknown address of ${this.#owner} near ${ip}: the placeholder is ${own}/${bits} on ${at}`,
      say`import with --addresses (the output of 'ip -j addr'), or correct it`,
    );
  }

  /** An address of the segment that is not in use, with most of its digits. */
  free(ip: string, prefix: number): string {
    const family = familyOf(ip);
    const last = broadcast(ip, prefix);
    for (const bits of new Set([Math.max(prefix, usualPrefix[family]), prefix])) {
      const first = network(ip, bits);
      for (let offset = firstOffset; offset > 0n; offset--) {
        const candidate = addressAt(first, offset);
        if (!inSubnet(candidate, { ip: first, prefix: bits, family }) || candidate === last) continue;
        if (this.#used.has(candidate)) continue;
        this.#used.add(candidate);
        return candidate;
      }
    }
    return addressAt(network(ip, prefix), 1n);
  }

  #add(address: WiredAddress): void {
    const key = `${address.interface} ${address.family}`;
    this.addresses.push(address);
    this.#subnets.add(address);
    if (!this.#onInterface.has(key)) this.#onInterface.set(key, address);
  }

  /** IPv6 mostly shares the interface of IPv4. */
  #nameFor(family: 4 | 6): string {
    if (family === 4) return this.#nextName();
    const other = this.addresses.find(
      (address) => address.family !== family && this.on(address.interface, family) === undefined,
    );
    return other?.interface ?? this.#nextName();
  }

  #nextName(): string {
    for (; ; this.#nextNumber++) {
      const name = `eth${this.#nextNumber}`;
      const isTaken = ([4, 6] as const).some((family) => this.on(name, family) !== undefined);
      if (!isTaken && (this.#nextNumber === 0 || !this.#names.has(name))) return name;
    }
  }
}
