/** Services with a firewall mark: IPVS stores neither their VIP nor their ports, which a topology has. */

import { say } from "../../languages/say.ts";
import { familyOf, inSubnet } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { Observed, ObservedService } from "../observed.ts";

/** A service, with its key in the topology. */
export interface Placed {
  readonly service: ObservedService;
  readonly vip: string;
  readonly protocol: "tcp" | "udp" | "sctp";
  readonly port: number | null;
  readonly ports: readonly (number | string)[];
}

export function placeServices(observed: Observed, spare: (near: string) => string, notes: Notes): Placed[] {
  const vips = new Set(
    observed.services.flatMap(({ selector }) => (selector.kind === "port" ? selector.vip : [])),
  );
  const unclaimed = [
    ...observed.carried,
    ...observed.own.filter(({ ip, prefix }) => isWhole(ip, prefix)),
  ].filter(({ ip }) => !vips.has(ip));
  /** Ports of marks by VIP. */
  const placeholders = new Map<string, readonly (number | string)[]>();
  return observed.services.map((service, index): Placed => {
    const { selector } = service;
    if (selector.kind === "port") {
      const { vip, port, protocol } = selector;
      return { service, vip, port, protocol, ports: [] };
    }
    const rules = observed.marks.filter(({ value }) => value === selector.value);
    const told = rules.find(({ vip }) => vip !== null && familyOf(vip) === selector.family)?.vip;
    const near = service.servers[0]?.address ?? (selector.family === 4 ? "192.0.2.1" : "2001:db8::1");
    const likely = unclaimed.filter(({ ip }) => familyOf(ip) === selector.family);
    // An inner gateway is on the servers' segment, a VIP of theirs in dr as well.
    const outer = likely.find(
      ({ ip, prefix }) =>
        prefix === null || isWhole(ip, prefix) || !inSubnet(near, { ip, prefix, family: selector.family }),
    );
    const vip =
      told ??
      (outer ?? likely[0])?.ip ??
      spare(familyOf(near) === selector.family ? near : selector.family === 4 ? "192.0.2.1" : "2001:db8::1");
    const marked = [...new Set(rules.flatMap((rule) => rule.ports))];
    const pointer = `/virtualServices/${index}`;
    const ports = marked.length > 0 ? marked : portsLike(service, placeholders.get(vip) ?? []);
    placeholders.set(vip, [...(placeholders.get(vip) ?? []), ...ports]);
    if (told === undefined || marked.length === 0) {
      notes.placeholder(
        service.place,
        pointer,
        say`unknown VIP and ports of firewall mark ${selector.value}, as IPVS does not store them: ${vip} and the ports ${ports.join(", ")} are placeholders`,
        say`set vip, protocol and ports as in the firewall's rules (iptables -t mangle -S, nft list ruleset)`,
      );
    }
    // Both are for UDP alone.
    const isUdp = service.onePacket || service.persistence?.engine === "sip";
    const protocol = rules[0]?.protocol ?? (isUdp ? "udp" : selector.protocol);
    return {
      service,
      vip,
      protocol,
      port: null,
      ports,
    };
  });
}

/** What servers and their checks answer on is likely what clients ask for. */
function portsLike({ servers }: ObservedService, taken: readonly (number | string)[]): number[] {
  const known = servers.flatMap(({ port, check }) => (port ? [port] : (check?.port ?? [])));
  const free = [...new Set(known)].filter((port) => !taken.includes(port));
  if (free.length > 0) return free;
  return taken.length === 0 ? [80, 443] : [8000 + taken.length];
}

function isWhole(ip: string, prefix: number | null): boolean {
  return prefix === (ip.includes(":") ? 128 : 32);
}
