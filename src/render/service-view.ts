/** The view model of units and init scripts. */

import { version } from "../base/version.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import { hardening, needsOf, needsText } from "./hardening.ts";
import { roles } from "./roles.ts";

/** Seconds that a script waits at boot for its interface and address: DHCP on a slow switch port takes 30 or so. */
const bootWaitSeconds = 60;

/** Services that set up a host's firewall, on any system. */
const firewallUnits = [
  "nftables.service",
  "iptables.service",
  "ip6tables.service",
  "netfilter-persistent.service",
  "firewalld.service",
  "ufw.service",
];

export function serviceView(plan: HostPlan, role: RolePlan) {
  const { script, title } = roles[role.role];
  const needs = needsOf(role.resources);
  return {
    unit: script,
    script: `/usr/local/sbin/${script}.sh`,
    version,
    host: plan.host.name,
    cluster: plan.cluster,
    roleTitle: title,
    after: [
      // Debian's ipvsadm service may load or clear the table at boot: it must start first.
      ...(role.role === "director" ? ["ipvsadm.service"] : []),
      // The firewall must be there before the script adds rules to it.
      ...(role.resources.some(({ kind }) => kind === "opening") ? firewallUnits : []),
    ],
    waitSeconds: bootWaitSeconds,
    needs: needsText(needs),
    hardening: hardening(needs, plan.host.platform.systemd ?? 0),
    reassert: plan.host.reassert,
  };
}
