/** The cluster as a few lines of text, for the first screen of a script. */

import { columns } from "../base/columns.ts";
import { endpoint } from "../base/endpoint.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type {
  AnnouncementResource,
  Destination,
  Resource,
  ServiceSettings,
  VrrpInstance,
} from "../plan/resources.ts";
import { announcementsOf, birdResourceOf } from "./announced.ts";
import { resourceText } from "./resource-text.ts";
import { methodText, serviceTitle, shareExtras } from "./service-text.ts";

/** VIPs, then ways for answers, then services: what the reader looks for first. */
export function drawing(plan: HostPlan, role: RolePlan): string[] {
  const lines = [
    ...role.resources.flatMap((resource) => vipLine(plan, role, resource)),
    ...role.resources.flatMap((resource) => wayLine(resource)),
    ...role.resources.flatMap((resource) => serviceLines(resource)),
  ];
  return lines.length === 0 ? ["nothing to set up here: answers go back through the director anyway"] : lines;
}

function vipLine(plan: HostPlan, role: RolePlan, resource: Resource): string[] {
  if (resource.kind === "keepalived")
    return resource.instances.flatMap((instance) => movingLines(plan, instance));
  if (resource.kind !== "address") return [];
  const vip = resource.address.replace(/\/\d+$/, "");
  const asked = vip.includes(":") ? "neighbour discovery" : "ARP";
  const where = `VIP ${vip} on ${resource.interface} of ${plan.host.name}`;
  const announcement = announcementsOf(role).find((each) => each.vip === resource.address);
  if (announcement !== undefined) return [`${where}, ${announcementWords(role, announcement)}`];
  return resource.announce
    ? [`${where}, answers ${asked}`]
    : [`${where}, accepts packets but does not answer ${asked}`];
}

function announcementWords(role: RolePlan, { drained }: AnnouncementResource): string {
  if (drained) return "not announced: this director is drained";
  const routers = birdResourceOf(role)?.sessions.map(({ address, asn }) => `${address} (AS ${asn})`);
  const by = routers === undefined ? "by a BGP daemon of yours" : `to ${routers.join(", ")}`;
  return `announced ${by} while it has servers`;
}

function movingLines({ host }: HostPlan, { carriers, priority, peers, addresses }: VrrpInstance): string[] {
  const others = peers.length === 0 ? "" : `, with ${peers.join(", ")}`;
  return addresses.map(
    (address, at) =>
      `VIP ${address.replace(/\/\d+$/, "")} on ${carriers[at]} of ${host.name} while it is VRRP master (priority ${priority}${others})`,
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
