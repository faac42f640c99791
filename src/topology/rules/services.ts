/** Rules about virtual services. */

import type { Problem } from "../diagnostics.ts";
import { pointerOf } from "../json-pointer.ts";
import type { Host, VirtualService } from "../model.ts";
import { suggestion } from "../suggest.ts";
import type { PlacedService } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const serviceRules: readonly Rule[] = [
  {
    code: "LVS130",
    name: "every virtual service has a name of its own",
    severity: "error",
    check: ({ services }) => {
      const seen = new Map<string, string>();
      return services.flatMap(({ value: { name }, pointer }) => {
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, pointer);
          return [];
        }
        return {
          pointer: `${pointer}/name`,
          message: `another virtual service is called ${JSON.stringify(name)} already (${first})`,
          hint: "call one of them differently",
        };
      });
    },
  },
  {
    code: "LVS131",
    name: "a virtual service has either a port or a firewall mark",
    severity: "error",
    check: ({ services, intact }) => services.flatMap((service) => selector(service, intact) ?? []),
  },
  {
    code: "LVS133",
    name: "the interface that carries a VIP is known on every director",
    severity: "error",
    check: (context) =>
      context.cluster.services.flatMap((service) =>
        context.cluster.directors.hosts.flatMap((name) => carrier(context, service, name) ?? []),
      ),
  },
  {
    code: "LVS134",
    name: "no two virtual services have the same VIP, port and protocol",
    severity: "error",
    check: ({ cluster, topology }) => {
      const seen = new Map<string, VirtualService>();
      return cluster.services.flatMap((service) => {
        if (isMarked(topology.virtualServices, service)) return [];
        const key = `${service.protocol} ${service.vip} ${service.port}`;
        const first = seen.get(key);
        if (first === undefined) {
          seen.set(key, service);
          return [];
        }
        return {
          pointer: `${service.pointer}/vip`,
          message: `${first.name} is ${service.vip} port ${service.port} ${service.protocol} already (${first.pointer})`,
          hint: "give one of them another VIP or port, or make one service of both",
        };
      });
    },
  },
  {
    code: "LVS135",
    name: "services of one VIP are on one interface",
    severity: "error",
    check: ({ cluster }) => {
      const seen = new Map<string, { readonly service: VirtualService; readonly interface: string }>();
      return cluster.services.flatMap((service) =>
        [...service.interfaces].flatMap(([director, name]) => {
          const key = `${director} ${service.vip}`;
          const first = seen.get(key);
          if (first === undefined) seen.set(key, { service, interface: name });
          if (first === undefined || first.interface === name) return [];
          return {
            pointer: `${service.pointer}/vip`,
            message: `${service.vip} is on ${first.interface} of ${director} for ${first.service.name}, and on ${name} for ${service.name}`,
            hint: "an address has one place on a host: give both services the same interface",
          };
        }),
      );
    },
  },
];

function selector({ value, pointer }: PlacedService, intact: RuleContext["intact"]): Problem | null {
  const { port, fwmark, ports, persistence } = value;
  if (port === undefined && fwmark === undefined && intact(`${pointer}/fwmark`)) {
    return {
      pointer: `${pointer}/port`,
      message: `the service ${value.name} has no port`,
      hint: 'add "port", for example 80',
    };
  }
  if (port !== undefined && fwmark !== undefined) {
    return {
      pointer: `${pointer}/fwmark`,
      message: `the service ${value.name} has a port and a firewall mark`,
      hint: 'keep "port" for one port, or "fwmark" with "ports" for several',
    };
  }
  if (fwmark === undefined && ports !== undefined && intact(`${pointer}/fwmark`)) {
    return {
      pointer: `${pointer}/ports`,
      message: '"ports" belongs to a firewall mark, and the service has none',
      hint: 'add "fwmark", or use "port"',
    };
  }
  if (fwmark !== undefined && ports === undefined) {
    return {
      pointer: `${pointer}/ports`,
      message: `the firewall mark ${fwmark} has no ports`,
      hint: 'say which packets get it: "ports", for example [80, 443]',
    };
  }
  // ip_vs_add_service: "no port means all ports, for persistent services" (net/netfilter/ipvs/ip_vs_ctl.c).
  if (port === 0 && persistence === undefined && intact(`${pointer}/persistence`)) {
    return {
      pointer: `${pointer}/port`,
      message: "port 0 (all ports) needs persistence",
      hint: 'name the port, or add "persistence"',
    };
  }
  return null;
}

/** Whether the service is told apart by a mark, so that several may share an address. */
function isMarked(inputs: readonly { readonly fwmark?: number }[], { pointer }: VirtualService): boolean {
  return inputs[Number(pointer.slice(pointer.lastIndexOf("/") + 1))]?.fwmark !== undefined;
}

function carrier(
  { cluster, topology, intact }: RuleContext,
  service: VirtualService,
  name: string,
): Problem | null {
  const director = cluster.hosts.get(name);
  if (service.interfaces.has(name) || director === undefined || !intact(pointerOf("hosts", name)))
    return null;
  const asked = topology.virtualServices[Number(service.pointer.split("/").at(-1))]?.interface;
  const names = interfaceNames(director);
  if (asked !== undefined) {
    return {
      pointer: `${service.pointer}/interface`,
      message: `the director ${name} has no interface ${JSON.stringify(asked)}`,
      hint: suggestion(asked, names, "it has"),
    };
  }
  if (!intact(`${service.pointer}/interface`)) return null;
  return {
    pointer: `${service.pointer}/vip`,
    message: `no subnet of the director ${name} holds the VIP ${service.vip}, so the interface for it is not known`,
    hint: `mend the VIP, or give "interface": ${names.map((known) => JSON.stringify(known)).join(" or ")}`,
  };
}

function interfaceNames({ addresses }: Host): string[] {
  return [...new Set(addresses.map((address) => address.interface))];
}
