/** A host's plan for people: what it should have, in the order of application. */

import { inLanguage, say } from "../languages/say.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import { releaseOrder } from "../plan/release-order.ts";
import { openingText } from "./opening-text.ts";
import { provisionLines } from "./provision-text.ts";
import { resourceText } from "./resource-text.ts";
import { roles, roleWords } from "./roles.ts";

export function planText(plan: HostPlan): string {
  const title = `${plan.host.name} (${plan.host.platform.title}, ${plan.host.init})`;
  if (plan.roles.length === 0) return `${say`${title}: no role in this cluster`}\n`;
  return [...plan.roles.map((role) => roleText(title, role)), ...setupText(title, plan)].join("\n");
}

function setupText(title: string, { provision, roles: plans }: HostPlan): string[] {
  const isDirector = plans.some(({ role }) => role === "director");
  const lines = provisionLines(provision, isDirector).map((line) => `  ${line}`);
  return lines.length === 0 ? [] : [[say`${title}: setup.sh provides`, ...lines, ""].join("\n")];
}

function roleText(title: string, plan: RolePlan): string {
  const { role, resources, openings } = plan;
  const lines = resources.flatMap((resource, index) => {
    const [first = "", ...more] = resourceText(resource);
    return [`  ${String(index + 1).padStart(2)}. ${first}`, ...more.map((line) => `      ${line}`)];
  });
  const steps = releaseOrder(resources).map((resource) => resources.indexOf(resource) + 1);
  return [
    say`${title}: ${inLanguage(roleWords(plan).title)}, ${roles[role].script}.sh`,
    ...(lines.length === 0 ? [`  ${say`nothing to set up here`}`] : lines),
    ...openings.map((opening) => `  ${say`firewall: ${openingText(opening)}`}`),
    ...(steps.length === 0 ? [] : [`  ${say`stop undoes, in this order: ${steps.join(", ")}`}`]),
    "",
  ].join("\n");
}
