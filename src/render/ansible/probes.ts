/** How verify.yml asks virtual services, and what the director's counters must show afterwards; and floating addresses. */

import { endpoint } from "../../base/endpoint.ts";
import { answeredPorts } from "../../plan/floating.ts";
import type { HostPlan } from "../../plan/host-plan.ts";
import type { Resource, ServiceSettings } from "../../plan/resources.ts";
import { turnsOf } from "../../plan/shares.ts";
import type { Cluster, VirtualService } from "../../topology/model.ts";
import { serviceKey } from "../ipvs-rules.ts";

/** The fewest requests that prove anything. */
const enough = 10;
/** Longer rounds would take too long, one request after the other: then only answers are checked, not shares. */
const longestRound = 1000;

/** Of a director's virtual services, in their order. */
export function probesOf(cluster: Cluster, plan: HostPlan) {
  const own = plan.roles.flatMap(({ resources }) => resources).flatMap(settingsOf);
  // Most hosts are no directors: a list of all services for each would take hosts times services.
  if (own.length === 0) return [];
  const services = new Map(cluster.services.map((service) => [service.name, service]));
  return own.flatMap((settings) => {
    const service = services.get(settings.name);
    return service === undefined ? [] : [probeOf(service, settings)];
  });
}

/** Floating addresses that the host may have. */
export function floatingOf({ floating }: Cluster, { host }: HostPlan) {
  return floating
    .filter(({ members }) => members.some((member) => member.host === host.name))
    .map((address) => ({
      name: address.name,
      address: address.ip,
      hosts: address.members.map((member) => member.host),
      ports: answeredPorts(address),
      hasPorts: answeredPorts(address).length > 0,
    }));
}

/** With either engine. */
function settingsOf(resource: Resource): readonly ServiceSettings[] {
  if (resource.kind === "keepalived") return resource.services;
  return resource.kind === "virtual-service" ? [resource] : [];
}

function probeOf(service: VirtualService, settings: ServiceSettings) {
  const { round, turns } = turnsOf(settings);
  const promised = round > 0 && round <= longestRound;
  const port = portOf(service);
  return {
    name: service.name,
    /** In ipvsadm's words. */
    key: serviceKey(settings.selector),
    scheduler: service.scheduler,
    vip: service.vip,
    port,
    /** Only for TCP: any server answers a connection. UDP has none, and Ansible cannot make one of SCTP. */
    asked: service.protocol === "tcp" && port > 0,
    requests: promised ? Math.ceil(enough / round) * round : enough,
    round: promised ? round : 0,
    servers: settings.destinations.map((to, at) => ({
      label: to.label,
      endpoint: endpoint(to.address, to.port),
      turns: promised ? (turns[at] ?? 0) : 0,
    })),
  };
}

/** The port to ask; 0 if any port will do. */
function portOf({ port, mark }: VirtualService): number {
  return mark === null ? port : (mark.ports[0]?.first ?? 0);
}
