/** Which rules that replace the source address meet IPVS's packets, on their way from a director to nat servers. */

import { say } from "../../languages/say.ts";
import { canonicalIp, inSubnet, netmaskPrefix, parseCidr } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, ObservedService } from "../observed.ts";
import type { Match, SourceRule } from "./found.ts";

interface Known {
  readonly services: readonly ObservedService[];
  readonly addresses: readonly CarriedAddress[];
}

export function masquerades(rules: readonly SourceRule[], known: Known, notes: Notes): boolean {
  const hasNat = known.services.some(({ servers }) => servers.some(({ forwarding }) => forwarding === "nat"));
  const meeting = rules.filter((rule) => meets(rule, known));
  for (const rule of rules) tell(rule, hasNat && meeting.includes(rule), hasNat, notes);
  return hasNat && meeting.length > 0;
}

function tell({ place, text }: SourceRule, doesMeet: boolean, hasNat: boolean, notes: Notes): void {
  if (!hasNat)
    notes.leftOut(
      place,
      say`${text}: the rule is not about the services`,
      say`keep it with the host's firewall`,
    );
  else if (doesMeet)
    notes.changed(
      place,
      say`${text}: the rule meets IPVS's packets, so the return path is masquerade`,
      say`check nat.returnPath: real servers see the director instead of the clients`,
      { effect: "placeholder" },
    );
  else
    notes.leftOut(
      place,
      say`${text}: the rule does not meet the packets that IPVS sends to servers, so it is not their return path`,
      say`keep it with the host's firewall, and set nat.returnPath`,
      { effect: "traffic" },
    );
}

/** IPVS's packets have clients' sources and servers' destinations, and leave where the servers are. */
function meets({ isIpvs, source, destination, output }: SourceRule, known: Known): boolean {
  const servers = known.services.flatMap((service) =>
    service.servers.filter(({ forwarding }) => forwarding === "nat").map(({ address }) => address),
  );
  const vips = known.services.flatMap(({ selector }) => (selector.kind === "port" ? [selector.vip] : []));
  if (source !== null && !isEverywhere(source) && !(isIpvs && !holdsSome(source, servers))) return false;
  if (destination !== null && !isEverywhere(destination) && !(isIpvs && holdsSome(destination, vips)))
    return holdsSome(destination, servers);
  if (isIpvs) return true;
  return output === null || isInner(output, servers, vips, known.addresses);
}

function isEverywhere({ value, isNegated }: Match): boolean {
  return !isNegated && /^(0\.0\.0\.0|::)\/0$|^0\/0$/.test(value);
}

/** Whether the match fits one of the addresses. */
function holdsSome({ value, isNegated }: Match, addresses: readonly string[]): boolean {
  const parts = value.split(",").map((part) => parseCidr(withPrefix(part)) ?? canonicalIp(part));
  const holds = (address: string) =>
    parts.some(
      (part) => part !== null && (typeof part === "string" ? part === address : inSubnet(address, part)),
    );
  return addresses.some((address) => holds(address) !== isNegated);
}

/** `10.0.0.0/255.255.255.0` as `10.0.0.0/24`. */
function withPrefix(text: string): string {
  const [ip, mask = ""] = text.split("/");
  const prefix = mask.includes(".") ? netmaskPrefix(mask) : null;
  return prefix === null ? text : `${ip}/${prefix}`;
}

/** Where the servers are, by the addresses that the script sets; or else a second interface beside the VIPs'. */
function isInner(
  { value, isNegated }: Match,
  servers: readonly string[],
  vips: readonly string[],
  addresses: readonly CarriedAddress[],
): boolean {
  const name = value.replace(/\+$/, "");
  const isOn = (address: CarriedAddress) =>
    value.endsWith("+") ? address.interface?.startsWith(name) : address.interface === name;
  const here = addresses.filter(isOn);
  const hasServers = here.some(
    ({ ip, prefix }) =>
      prefix !== null &&
      servers.some(
        (server) =>
          server.includes(":") === ip.includes(":") &&
          inSubnet(server, { ip, prefix, family: ip.includes(":") ? 6 : 4 }),
      ),
  );
  const isOuter = !hasServers && here.some(({ ip }) => vips.includes(ip));
  if (isNegated) return isOuter;
  const hasOuter = addresses.some(({ ip }) => vips.includes(ip));
  return hasServers || (here.length === 0 && hasOuter);
}
