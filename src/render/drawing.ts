/** The cluster as a few lines of text, for the first screen of a script. */

import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { Destination, Resource, VirtualServiceResource } from "../plan/resources.ts";

export function drawing(plan: HostPlan, role: RolePlan): string[] {
  const services = role.resources.filter((resource) => resource.kind === "virtual-service");
  return [...vipLines(plan, role.resources), ...services.flatMap((service) => serviceLines(service))];
}

function vipLines(plan: HostPlan, resources: readonly Resource[]): string[] {
  return resources.flatMap((resource) => {
    if (resource.kind !== "address") return [];
    const vip = resource.address.replace(/\/\d+$/, "");
    return resource.announce
      ? [`VIP ${vip} on ${resource.interface} of ${plan.host.name}, which answers ARP for it`]
      : [
          `VIP ${vip} on ${resource.interface} of ${plan.host.name}, which takes its packets but never answers ARP for it`,
        ];
  });
}

function serviceLines(service: VirtualServiceResource): string[] {
  const { name, protocol, vip, port, scheduler, destinations } = service;
  return [
    `${name}: ${protocol} ${vip}:${port}, scheduler ${scheduler}`,
    ...columns(destinations.map((destination) => destinationCells(destination))).map(
      (line) => `  -> ${line}`,
    ),
  ];
}

function destinationCells(to: Destination): string[] {
  const limits = [
    ...(to.upperThreshold > 0 ? [`at most ${to.upperThreshold} connections`] : []),
    ...(to.weight === 0 ? ["drained"] : []),
  ];
  return [to.label, `${to.address}:${to.port}`, to.forwarding, [`weight ${to.weight}`, ...limits].join(", ")];
}

/** Rows of cells as lines with aligned columns. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
