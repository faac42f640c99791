/** A host's plan for people: what it shall have, in the order of application. */

import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import { releaseOrder } from "../plan/release-order.ts";
import type { Destination, Resource } from "../plan/resources.ts";
import { roles } from "./roles.ts";

export function planText(plan: HostPlan): string {
  const title = `${plan.host.name} (${plan.host.platform.title}, ${plan.host.init})`;
  if (plan.roles.length === 0) return `${title}: no role in this cluster\n`;
  return plan.roles.map((role) => roleText(title, role)).join("\n");
}

function roleText(title: string, { role, resources }: RolePlan): string {
  const lines = resources.flatMap((resource, index) => {
    const [first = "", ...more] = resourceLines(resource);
    return [`  ${String(index + 1).padStart(2)}. ${first}`, ...more.map((line) => `      ${line}`)];
  });
  const steps = releaseOrder(resources).map((resource) => resources.indexOf(resource) + 1);
  return [
    `${title}: ${roles[role].title}, ${roles[role].script}.sh`,
    ...lines,
    `  stop takes back, in this order: ${steps.join(", ")}`,
    "",
  ].join("\n");
}

function resourceLines(resource: Resource): string[] {
  switch (resource.kind) {
    case "module":
      return [`kernel module ${resource.name}`];
    case "sysctl":
      return [`sysctl ${resource.name} = ${resource.value}`, `(${resource.reason})`];
    case "address":
      return [
        `address ${resource.address} on ${resource.interface}${resource.announce ? ", announced" : ""}`,
      ];
    case "timeouts":
      return [`IPVS timeouts tcp ${resource.tcp} s, tcpfin ${resource.tcpFin} s, udp ${resource.udp} s`];
    case "virtual-service": {
      const { name, protocol, vip, port, scheduler, destinations } = resource;
      return [
        `virtual service ${name}: ${protocol} ${vip}:${port}, scheduler ${scheduler}`,
        ...destinations.map((to) => `-> ${destinationText(to)}`),
      ];
    }
  }
}

function destinationText(to: Destination): string {
  const extras = [
    ...(to.weight === 0 ? ["drained"] : []),
    ...(to.upperThreshold > 0 ? [`at most ${to.upperThreshold} connections`] : []),
    ...(to.lowerThreshold > 0 ? [`again below ${to.lowerThreshold}`] : []),
  ];
  return [`${to.label} ${to.address}:${to.port} ${to.forwarding} weight ${to.weight}`, ...extras].join(", ");
}
