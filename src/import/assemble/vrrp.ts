/** VRRP instances -> directors.vrrp. */

import { listed } from "../../base/counted.ts";
import { say } from "../../languages/say.ts";
import type { Directors } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, Observed, ObservedVrrp } from "../observed.ts";
import type { Placed } from "./marks.ts";
import type { Wiring } from "./wiring.ts";

/** Bytes of authentication data (RFC 2338, 5.3.6); keepalived cuts the rest off too. */
const longestPassword = 8;

interface Scope {
  readonly observed: Observed;
  /** Addresses that move and are no VIPs. */
  readonly floating: readonly CarriedAddress[];
  readonly placed: readonly Placed[];
  readonly wiring: Wiring;
}

/** The topology's default. */
const routerId = 51;

export function assembleVrrp(scope: Scope, notes: Notes): Pick<Directors, "vrrp"> {
  const { observed, floating } = scope;
  const { vrrp, carried, peers, engine } = observed;
  tellPrefixes(scope, notes);
  if (engine !== "keepalived") return {};
  tellCarriers(scope, notes);
  if (vrrp === null) return { vrrp: { virtualRouterId: routerId } };
  if (peers.length === 0)
    notes.placeholder(
      vrrp.place,
      "/directors/hosts",
      say`unknown other directors, as adverts go to the multicast group`,
      say`add them to hosts and, in the order of their priorities, to directors.hosts`,
    );
  const isIpv6 = carried.some(({ ip }) => ip.includes(":"));
  const password = passwordOf(vrrp, isIpv6 || !Number.isInteger(vrrp.advertInterval), notes);
  const { virtualRouterId, advertInterval, preempt, unicast } = vrrp;
  return {
    vrrp: {
      virtualRouterId,
      advertInterval,
      preempt,
      unicast,
      ...(vrrp.interface === null ? {} : { interface: vrrp.interface }),
      ...(password === null ? {} : { authPassword: password }),
      ...(vrrp.track.length === 0 ? {} : { track: vrrp.track.map(({ track }) => track) }),
      ...(floating.length === 0
        ? {}
        : {
            addresses: floating.map((address, at) =>
              floatingAddress(address, `/directors/vrrp/addresses/${at}/address`, scope, notes),
            ),
          }),
    },
  };
}

function tellPrefixes({ observed: { carried }, placed }: Scope, notes: Notes): void {
  const vips = new Set(placed.map(({ vip }) => vip));
  for (const { ip, prefix, place } of carried) {
    const whole = ip.includes(":") ? 128 : 32;
    if (vips.has(ip) && prefix !== null && prefix !== whole)
      notes.changed(
        place,
        say`the VIP ${ip}/${prefix} becomes ${ip}/${whole}`,
        say`no change is needed: a VIP needs no subnet of its own`,
      );
  }
}

/** Something else carries a VIP that no instance has: a fixed address, a router, another program. */
function tellCarriers({ observed, placed }: Scope, notes: Notes): void {
  const { vrrp, carried } = observed;
  const known = new Set(carried.map(({ ip }) => ip));
  const missing = placed.filter(({ service, vip }) => service.selector.kind === "port" && !known.has(vip));
  const [first] = missing;
  if (first === undefined) return;
  const vips = [...new Set(missing.map(({ vip }) => vip))];
  const shown = listed(vips.slice(0, 3));
  const who = vips.length > 3 ? say`${shown} and ${vips.length - 3} more` : shown;
  notes.placeholder(
    first.service.place,
    "/directors/vrrp/virtualRouterId",
    say`who carries ${who} is unknown: VRRP with router id ${vrrp?.virtualRouterId ?? routerId} is the placeholder`,
    say`remove it from what carries it today, and choose an id that no other router of the segment has`,
  );
}

/** Without a prefix length keepalived has it as the only address of its network; as a gateway it is of the servers'. */
function floatingAddress(
  address: CarriedAddress,
  pointer: string,
  { observed: { vrrp }, wiring }: Scope,
  notes: Notes,
) {
  const { ip, interface: name, virtualRouterId: id, place } = address;
  const whole = ip.includes(":") ? 128 : 32;
  const isWhole = address.prefix === null || address.prefix === whole;
  const prefix = isWhole ? (wiring.near(ip)?.prefix ?? whole) : (address.prefix ?? whole);
  if (isWhole && prefix !== whole)
    notes.changed(
      place,
      say`${ip} has ${address.prefix === null ? say`no prefix length` : `/${whole}`}: the topology has ${ip}/${prefix}, as its network on ${wiring.near(ip)?.interface}`,
      say`no change is needed if that is the network's`,
      { pointer },
    );
  return {
    address: `${ip}/${prefix}`,
    ...(name === null ? {} : { interface: name }),
    ...(id === null || id === vrrp?.virtualRouterId ? {} : { virtualRouterId: id }),
  };
}

function passwordOf({ password, place }: ObservedVrrp, isVersion3: boolean, notes: Notes): string | null {
  if (password === null) return null;
  if (isVersion3 || !/^[A-Za-z0-9_.:,@%+=-]{1,64}$/.test(password)) {
    const message = isVersion3
      ? say`password not imported: VRRP version 3 has none`
      : say`password not imported: it has characters that a topology does not allow`;
    notes.leftOut(place, message, say`allow protocol 112 from the other directors only`);
    return null;
  }
  if (password.length > longestPassword)
    notes.changed(
      place,
      say`the password is cut to ${longestPassword} characters, as keepalived does`,
      say`no change is needed`,
    );
  return password.slice(0, longestPassword);
}
