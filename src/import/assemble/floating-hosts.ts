/** The hosts of floating addresses: those that texts are of, and the others that they send adverts to. */

import { listed } from "../../base/counted.ts";
import { say } from "../../languages/say.ts";
import type { Topology } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { ObservedFloating } from "../observed.ts";
import { Names } from "./names.ts";
import { interfacesOf } from "./topology.ts";
import type { Wiring } from "./wiring.ts";

export interface FloatingHosts {
  readonly entries: Topology["hosts"];
  /** Of the texts, in their order. */
  readonly known: readonly string[];
  /** Placeholders for hosts that no text is of. */
  readonly others: readonly string[];
}

export function floatingHosts(observed: ObservedFloating, wiring: Wiring, notes: Notes): FloatingHosts {
  const { hosts, others: peers } = observed;
  const names = new Names();
  const known = hosts.map(({ name }, at) => names.unique(name ?? `host${at + 1}`));
  // An address needs a second host: of a lone text it is unknown.
  const unseen = hosts.length === 1 && peers.length === 0 ? [[]] : peers;
  const others: string[] = [];
  for (const _ of unseen) others.push(names.unique(nextName(others.at(-1) ?? known.at(-1) ?? "")));
  const entries: Topology["hosts"] = {};
  for (const [at, name] of [...known, ...others].entries()) {
    const host = hosts[at];
    const own = host?.own ?? unseen[at - known.length] ?? [];
    const addresses = wiring.addresses.map((address) => ({
      ...address,
      interface: host?.interfaces.get(address.interface) ?? address.interface,
      ip:
        at === 0
          ? address.ip
          : (own.find(({ ip }) => wiring.near(ip) === address)?.ip ??
            wiring.free(address.ip, address.prefix)),
    }));
    entries[name] = { interfaces: interfacesOf(addresses) };
    const isPlaceholder = own.length < addresses.length;
    const made = listed(
      addresses
        .filter(({ ip }) => own.every((each) => each.ip !== ip))
        .map(({ ip, interface: device }) => say`${ip} on ${device}`),
    );
    if (at > 0 && isPlaceholder)
      notes.placeholder(
        host?.place ?? observed.place,
        `/hosts/${name}`,
        own.length === 0
          ? say`unknown addresses of ${name}: the placeholders are ${made}`
          : say`unknown addresses on some interfaces of ${name}: the placeholders are ${made}`,
        say`correct them`,
      );
  }
  const unnamed = [...known.filter((_, at) => hosts[at]?.name === null), ...others];
  if (unnamed.length > 0)
    notes.placeholder(
      observed.place,
      `/hosts/${unnamed[0]}`,
      say`unknown names of hosts: the placeholders are ${listed(unnamed)}`,
      say`rename them under hosts and in floatingAddresses`,
    );
  return { entries, known, others };
}

/** lb2 after lb1. */
function nextName(name: string): string {
  const [, beginning = name, number] = /^(.*?)(\d{1,6})$/.exec(name) ?? [];
  return number === undefined ? `${beginning.slice(0, 58)}-peer` : `${beginning}${Number(number) + 1}`;
}
