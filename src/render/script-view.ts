/** The view model of lvs_dr.sh and lvs_rs.sh: plain values, none missing, so that the template decides nothing. */

import { version } from "../base/version.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type {
  Destination,
  FirewallRuleResource,
  OpeningResource,
  Resource,
  ServiceSettings,
} from "../plan/resources.ts";
import { unitsScriptPath } from "../plan/units.ts";
import type { HealthCheck } from "../topology/model.ts";
import { type BirdScriptView, birdScriptView, type GateScriptView, gateScriptView } from "./announce-view.ts";
import { drawing } from "./drawing.ts";
import { iptablesRules, nftRules } from "./firewall-rules.ts";
import { destinationRule, serviceRule } from "./ipvs-rules.ts";
import { checkText } from "./keepalived-text.ts";
import { type KeepalivedScriptView, keepalivedScriptView } from "./keepalived-view.ts";
import { iptablesOpenings, nftOpenings } from "./opening-rules.ts";
import { openingText } from "./opening-text.ts";
import { planDigest } from "./plan-digest.ts";
import { roles, roleWords } from "./roles.ts";
import { type ScriptParts, scriptParts } from "./script-parts.ts";
import { type ShellCall, shellCalls } from "./shell-calls.ts";

interface RuleView {
  readonly rule: string;
  readonly label: string;
}

interface ServiceView {
  readonly name: string;
  /** How its servers are checked. */
  readonly check: string | null;
  readonly rule: string;
  readonly destinations: readonly RuleView[];
  readonly sorry: RuleView | null;
}

export interface ScriptView extends ScriptParts {
  readonly program: string;
  readonly version: string;
  readonly planDigest: string;
  readonly host: string;
  readonly cluster: string;
  readonly role: string;
  readonly roleTitle: string;
  readonly drawing: readonly string[];
  readonly addresses: readonly string[];
  readonly interfaces: readonly string[];
  readonly stateDirectory: string;
  readonly resources: readonly ShellCall[];
  readonly services: readonly ServiceView[];
  /** Whether there are rules at all. */
  readonly firewall: boolean;
  readonly nftRules: readonly string[];
  readonly iptablesRules: readonly string[];
  /** What a firewall must allow, if the script only prints it. */
  readonly openings: readonly string[];
  /** Whether the script allows it itself, and by which rules. */
  readonly opens: boolean;
  readonly nftOpenings: readonly string[];
  readonly iptablesOpenings: readonly string[];
  readonly sysctlNames: readonly string[];
  readonly restartWarning: string;
  /** What keeps units where their address is. */
  readonly unitsScript: string;
  /** Null if ipvsadm sets up the services. */
  readonly keepalived: KeepalivedScriptView | null;
  /** Null if no BIRD is lvsgen's. */
  readonly bird: BirdScriptView | null;
  readonly gate: GateScriptView;
}

export function scriptView(
  plan: HostPlan,
  role: RolePlan,
  rendered: ReadonlyMap<string, string>,
): ScriptView {
  const { script } = roles[role.role];
  const { title, restartWarning } = roleWords(role);
  const keepalived = keepalivedScriptView(plan, role, rendered);
  const rules = role.resources.filter((resource) => resource.kind === "firewall-rule");
  return {
    program: `${script}.sh`,
    version,
    planDigest: planDigest(plan, role),
    host: plan.host.name,
    cluster: plan.cluster,
    role: script,
    roleTitle: title,
    drawing: drawing(plan, role),
    addresses: plan.addresses,
    interfaces: role.interfaces,
    stateDirectory: `${plan.host.platform.runDirectory}/lvsgen`,
    resources: shellCalls(role.resources),
    services: role.resources.flatMap((resource) => servicesOf(resource)),
    ...firewallView(`lvsgen_${script}`, rules),
    openings: role.openings.map((opening) => openingText(opening)),
    ...openingView(role.resources.filter((resource) => resource.kind === "opening")),
    ...scriptParts(role),
    sysctlNames: role.resources.flatMap((resource) => (resource.kind === "sysctl" ? [resource.name] : [])),
    restartWarning,
    unitsScript: unitsScriptPath,
    keepalived,
    bird: birdScriptView(plan, role, rendered),
    gate: gateScriptView(plan),
  };
}

function servicesOf(resource: Resource): readonly ServiceView[] {
  if (resource.kind === "keepalived")
    return resource.services.map((service) => serviceView(service, service.check, service.sorryServer));
  return resource.kind === "virtual-service" ? [serviceView(resource, null, null)] : [];
}

function firewallView(table: string, rules: readonly FirewallRuleResource[]) {
  return {
    firewall: rules.length > 0,
    nftRules: nftRules(table, rules),
    iptablesRules: rules.flatMap((rule) => iptablesRules(rule)),
  };
}

function openingView(openings: readonly OpeningResource[]) {
  return {
    opens: openings.length > 0,
    nftOpenings: openings.flatMap((opening) => nftOpenings(opening)),
    iptablesOpenings: openings.flatMap((opening) => iptablesOpenings(opening)),
  };
}

function serviceView(
  service: ServiceSettings,
  check: HealthCheck | null,
  sorry: Destination | null,
): ServiceView {
  const line = (to: Destination) => ({ rule: destinationRule(service, to), label: to.label });
  return {
    name: service.name,
    check: check === null ? null : checkText(check),
    rule: serviceRule(service),
    destinations: service.destinations.map(line),
    sorry: sorry === null ? null : line(sorry),
  };
}
