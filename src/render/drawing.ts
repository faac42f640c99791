/** The cluster as a few lines of text, for the first screen of a script. */

import { columns } from "../base/columns.ts";
import { endpoint } from "../base/endpoint.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { Destination, Resource, ServiceSettings, VrrpInstance } from "../plan/resources.ts";
import { resourceText } from "./resource-text.ts";
import { methodText, serviceTitle, shareExtras } from "./service-text.ts";

/** VIPs, then ways for answers, then services: what the reader looks for first. */
export function drawing(plan: HostPlan, role: RolePlan): string[] {
  const lines = [
    ...role.resources.flatMap((resource) => vipLine(plan, resource)),
    ...role.resources.flatMap((resource) => wayLine(resource)),
    ...role.resources.flatMap((resource) => serviceLines(resource)),
  ];
  return lines.length === 0 ? ["nothing to set up here: answers go back through the director anyway"] : lines;
}

function vipLine(plan: HostPlan, resource: Resource): string[] {
  if (resource.kind === "keepalived")
    return resource.instances.flatMap((instance) => movingLines(plan, instance));
  if (resource.kind !== "address") return [];
  const vip = resource.address.replace(/\/\d+$/, "");
  const asked = vip.includes(":") ? "neighbour discovery" : "ARP";
  const where = `VIP ${vip} on ${resource.interface} of ${plan.host.name}`;
  return resource.announce
    ? [`${where}, answers ${asked}`]
    : [`${where}, accepts packets but does not answer ${asked}`];
}

function movingLines(
  { host }: HostPlan,
  { interface: name, priority, peers, addresses }: VrrpInstance,
): string[] {
  const others = peers.length === 0 ? "" : `, with ${peers.join(", ")}`;
  return addresses.map(
    (address) =>
      `VIP ${address.replace(/\/\d+$/, "")} on ${name} of ${host.name} while it is VRRP master (priority ${priority}${others})`,
  );
}

const ways: ReadonlySet<Resource["kind"]> = new Set(["link", "fou", "route", "default-route", "rule"]);

function wayLine(resource: Resource): string[] {
  return ways.has(resource.kind) ? resourceText(resource) : [];
}

function serviceLines(resource: Resource): string[] {
  if (resource.kind === "keepalived")
    return resource.services.flatMap((service) => serviceDrawing(service, service.sorryServer));
  return resource.kind === "virtual-service" ? serviceDrawing(resource, null) : [];
}

function serviceDrawing(service: ServiceSettings, sorry: Destination | null): string[] {
  const rows = service.destinations.map((to) =>
    destinationCells(to, [`weight ${to.weight}`, ...shareExtras(to)].join(", ")),
  );
  if (sorry !== null) rows.push(destinationCells(sorry, "when no server is up"));
  return [serviceTitle(service), ...columns(rows).map((line) => `  -> ${line}`)];
}

function destinationCells(to: Destination, share: string): string[] {
  return [to.label, endpoint(to.address, to.port), methodText(to), share];
}
