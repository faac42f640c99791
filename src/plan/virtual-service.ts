/** A virtual service as resources: the table's entry, the modules behind it, and the firewall's marks. */

import { unique } from "../base/unique.ts";
import { say } from "../languages/say.ts";
import { network } from "../topology/addresses.ts";
import type { Persistence, RealServer, VirtualService } from "../topology/model.ts";
import { isRewrittenFtp } from "../topology/servers.ts";
import type {
  Destination,
  FirewallRuleResource,
  ModuleResource,
  ServicePersistence,
  ServiceSelector,
  ServiceSettings,
  VirtualServiceResource,
} from "./resources.ts";

export function serviceResource(service: VirtualService): VirtualServiceResource {
  return { kind: "virtual-service", ...serviceSettings(service) };
}

export function serviceSettings(service: VirtualService): ServiceSettings {
  const { name, scheduler, schedulerFlags, persistence, family, onePacket } = service;
  return {
    name,
    selector: selectorOf(service),
    scheduler,
    schedulerFlags,
    persistence: persistence === null ? null : persistenceOf(persistence, family),
    onePacket,
    destinations: service.realServers.map((server) => destination(server)),
  };
}

export function serviceModules(services: readonly VirtualService[]): ModuleResource[] {
  const schedulers = services.map(({ scheduler }) => `ip_vs_${scheduler}`);
  const engines = services.flatMap(({ persistence }) => persistence?.engine ?? []);
  const helpers = services.some(isRewrittenFtp) ? ["ip_vs_ftp"] : [];
  const names = unique([
    "ip_vs",
    ...schedulers,
    ...engines.map((engine) => `ip_vs_pe_${engine}`),
    ...helpers,
  ]);
  return names.map((name) => ({ kind: "module", name }));
}

/** The firewall rules of a service with a mark; none for others. */
export function markRules(
  { name, mark, family, protocol, vip }: VirtualService,
  notFromMacs: readonly string[],
): FirewallRuleResource[] {
  if (mark === null) return [];
  return [
    {
      kind: "firewall-rule",
      family,
      match: { protocol, notFromMacs, from: null, to: vip, ports: mark.ports },
      action: { kind: "mark", value: mark.value },
      reason: say`packets of ${name}`,
    },
  ];
}

export function selectorOf({ mark, vip, port, protocol, family }: VirtualService): ServiceSelector {
  return mark === null ? { kind: "port", vip, port, protocol } : { kind: "mark", value: mark.value, family };
}

export function destination(server: RealServer): Destination {
  const { host, address, port, forwarding, tunnel, weight, upperThreshold, lowerThreshold } = server;
  return {
    label: host ?? address,
    address,
    port,
    forwarding,
    tunnel,
    weight,
    upperThreshold,
    lowerThreshold,
  };
}

/** ipvsadm leaves the whole length out when it prints, so it is left out here. */
function persistenceOf({ timeout, prefix, engine }: Persistence, family: 4 | 6): ServicePersistence {
  const isWhole = prefix === (family === 4 ? 32 : 128);
  const netmask = family === 4 ? network("255.255.255.255", prefix) : String(prefix);
  return { timeout, netmask: isWhole ? null : netmask, engine };
}
