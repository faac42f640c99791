/** The view model of lvs_dr.sh and lvs_rs.sh: plain values, all there, nothing for the template to decide. */

import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { FirewallRuleResource, VirtualServiceResource } from "../plan/resources.ts";
import { version } from "../version.ts";
import { canonicalJson, sha256Hex } from "./digest.ts";
import { drawing } from "./drawing.ts";
import { iptablesRules, nftRules } from "./firewall-rules.ts";
import { destinationRule, serviceRule } from "./ipvs-rules.ts";
import { openingText } from "./opening-text.ts";
import { roles } from "./roles.ts";
import { type ShellCall, shellCalls } from "./shell-calls.ts";

interface ServiceView {
  readonly name: string;
  readonly rule: string;
  readonly destinations: readonly { readonly rule: string; readonly label: string }[];
}

export interface ScriptView {
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
  /** What a firewall has to let through. */
  readonly openings: readonly string[];
  readonly programs: readonly string[];
  readonly lookPrograms: readonly string[];
  readonly releasable: readonly string[];
  readonly restartWarning: string;
}

export function scriptView(plan: HostPlan, role: RolePlan): ScriptView {
  const { script, title, programs, lookPrograms, releasable, restartWarning } = roles[role.role];
  // What the script is made of, and no more: a new fact about the host's system is no new plan.
  const planned = { cluster: plan.cluster, host: plan.host.name, addresses: plan.addresses, role };
  const rules = role.resources.filter((resource) => resource.kind === "firewall-rule");
  return {
    program: `${script}.sh`,
    version,
    planDigest: sha256Hex(canonicalJson(planned)),
    host: plan.host.name,
    cluster: plan.cluster,
    role: script,
    roleTitle: title,
    drawing: drawing(plan, role),
    addresses: plan.addresses,
    interfaces: role.interfaces,
    stateDirectory: `${plan.host.platform.runDirectory}/lvsgen`,
    resources: shellCalls(role.resources),
    services: role.resources
      .filter((resource) => resource.kind === "virtual-service")
      .map((service) => serviceView(service)),
    ...firewallView(`lvsgen_${script}`, rules),
    openings: role.openings.map((opening) => openingText(opening)),
    programs,
    lookPrograms,
    releasable,
    restartWarning,
  };
}

function firewallView(table: string, rules: readonly FirewallRuleResource[]) {
  return {
    firewall: rules.length > 0,
    nftRules: nftRules(table, rules),
    iptablesRules: rules.flatMap((rule) => iptablesRules(rule)),
  };
}

function serviceView(service: VirtualServiceResource): ServiceView {
  return {
    name: service.name,
    rule: serviceRule(service),
    destinations: service.destinations.map((to) => ({ rule: destinationRule(service, to), label: to.label })),
  };
}
