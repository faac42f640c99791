/** VRRP instances -> directors.vrrp. */

import type { Directors } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, Observed, ObservedVrrp } from "../observed.ts";

/** Bytes of authentication data (RFC 2338, 5.3.6); keepalived cuts the rest off too. */
const longestPassword = 8;

export function assembleVrrp(
  observed: Observed,
  floating: readonly CarriedAddress[],
  vips: ReadonlySet<string>,
  notes: Notes,
): Pick<Directors, "vrrp"> {
  const { vrrp, carried, peers } = observed;
  if (vrrp === null) return {};
  if (peers.length === 0)
    notes.placeholder(
      vrrp.place,
      "/directors/hosts",
      "unknown other directors, as adverts go to the multicast group",
      "add them to hosts and, in the order of their priorities, to directors.hosts",
    );
  for (const { ip, prefix, place } of carried) {
    const whole = ip.includes(":") ? 128 : 32;
    if (vips.has(ip) && prefix !== null && prefix !== whole)
      notes.changed(
        place,
        `the VIP ${ip}/${prefix} becomes ${ip}/${whole}`,
        "no change is needed: a VIP needs no subnet of its own",
      );
  }
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
      ...(floating.length === 0
        ? {}
        : { addresses: floating.map((address) => floatingAddress(address, vrrp)) }),
    },
  };
}

function floatingAddress(address: CarriedAddress, vrrp: ObservedVrrp) {
  const { ip, prefix, interface: name, virtualRouterId: id } = address;
  return {
    address: `${ip}/${prefix ?? (ip.includes(":") ? 128 : 32)}`,
    ...(name === null ? {} : { interface: name }),
    ...(id === null || id === vrrp.virtualRouterId ? {} : { virtualRouterId: id }),
  };
}

function passwordOf({ password, place }: ObservedVrrp, isVersion3: boolean, notes: Notes): string | null {
  if (password === null) return null;
  if (isVersion3 || !/^[A-Za-z0-9_.:,@%+=-]{1,64}$/.test(password)) {
    const why = isVersion3 ? "VRRP version 3 has none" : "it has characters that a topology does not allow";
    notes.leftOut(place, `password not imported: ${why}`, "allow protocol 112 from the other directors only");
    return null;
  }
  if (password.length > longestPassword)
    notes.changed(
      place,
      `the password is cut to ${longestPassword} characters, as keepalived does`,
      "no change is needed",
    );
  return password.slice(0, longestPassword);
}
