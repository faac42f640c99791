/** What is the director's: addresses on network interfaces, and routes. Real servers' scripts have others. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, Observed, ObservedService } from "../observed.ts";
import type { Source } from "../place.ts";
import type { Found } from "./found.ts";

/** Devices that no wire is behind; on them real servers, and many tutorials' directors, have the VIP. */
const virtual = /^(lo|tunl|ip6tnl|gre|sit|dummy|ipvs|kube-ipvs)\d*$/;

type IsDirector = (source: Source) => boolean;

export function addressesOf(
  { addresses }: Found,
  services: readonly ObservedService[],
  isDirector: IsDirector,
  notes: Notes,
): CarriedAddress[] {
  const vips = new Set(services.flatMap(({ selector }) => (selector.kind === "port" ? selector.vip : [])));
  const hasMarks = services.some(({ selector }) => selector.kind === "mark");
  const network = addresses.filter(({ interface: name }) => !virtual.test(name ?? ""));
  const usual = network.find(({ ip }) => !vips.has(ip))?.interface ?? network[0]?.interface ?? "eth0";
  for (const address of addresses) {
    const isVip = vips.has(address.ip);
    if (virtual.test(address.interface ?? ""))
      tellVirtual(address, { isVip, usual, hasMarks, isDirector }, notes);
  }
  return network;
}

interface Scope {
  readonly isVip: boolean;
  /** The interface that lvsgen has a VIP on. */
  readonly usual: string;
  readonly hasMarks: boolean;
  readonly isDirector: IsDirector;
}

function tellVirtual(
  { ip, interface: name, place }: CarriedAddress,
  { isVip, usual, hasMarks, isDirector }: Scope,
  notes: Notes,
): void {
  if (/^127\.|^::1$/.test(ip)) return;
  if (isVip) {
    if (name !== "lo" && isDirector(place.source))
      notes.changed(
        place,
        say`the VIP was on ${name}, which is no network interface; lvsgen has it on ${usual}`,
        say`no change is needed, unless something else uses it`,
      );
    // The VIP of a mark may be any.
  } else if (!hasMarks)
    notes.notUnderstood(
      place,
      say`${ip} on ${name} is no VIP of the director's services`,
      say`check whether the scripts are of one cluster`,
    );
}

export function routesOf(
  { routes }: Found,
  isDirector: IsDirector,
  notes: Notes,
): Pick<Observed, "gateway" | "routes"> {
  const own = routes.filter(({ place }) => isDirector(place.source));
  for (const { to, via, place } of routes.filter((route) => !own.includes(route)))
    notes.leftOut(
      place,
      to === null
        ? say`the route to all networks by ${via} is of another host than the director`
        : say`the route to ${to} by ${via} is of another host than the director`,
      say`set gateway or routes of that host`,
    );
  const [gateway = null, ...others] = own.filter(({ to }) => to === null);
  for (const { via, place } of others.filter((other) => other.via !== gateway?.via))
    notes.leftOut(place, say`a second default gateway, ${via}`, say`a topology has one for a host: choose`, {
      effect: "traffic",
    });
  const seen = new Map(
    own.flatMap(({ to, via, place }) => (to === null ? [] : [[to, { to, via, place }] as const])),
  );
  return { gateway, routes: [...seen.values()] };
}
