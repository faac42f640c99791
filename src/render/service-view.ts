/** The view model of units and init scripts. */

import { version } from "../base/version.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { Resource } from "../plan/resources.ts";
import { hardening, needsOf, needsText } from "./hardening.ts";
import { roles, roleWords } from "./roles.ts";
import { usesTable } from "./script-parts.ts";

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

/** Programs that people put behind floating addresses, by their units. */
const listeners = [
  "nginx.service",
  "haproxy.service",
  "apache2.service",
  "httpd.service",
  "lighttpd.service",
  "caddy.service",
  "varnish.service",
  "traefik.service",
  "envoy.service",
  "squid.service",
];

function allowsListening(resource: Resource): boolean {
  return resource.kind === "sysctl" && resource.name.endsWith(".ip_nonlocal_bind");
}

/**
 * A program that listens at a floating address would not start before the script allows it. The script starts units of
 * runOnMaster itself: one that waits for the script's own unit would have both wait for ever.
 */
function listenersAfter({ resources }: RolePlan): string[] {
  if (!resources.some(allowsListening)) return [];
  const own = new Set(resources.flatMap((each) => (each.kind === "unit" ? `${each.name}.service` : [])));
  return listeners.filter((unit) => !own.has(unit));
}

export function serviceView(plan: HostPlan, role: RolePlan) {
  const { script } = roles[role.role];
  const { title, service } = roleWords(role);
  const needs = needsOf(role.resources, plan.host.platform);
  return {
    unit: script,
    script: `/usr/local/sbin/${script}.sh`,
    version,
    host: plan.host.name,
    cluster: plan.cluster,
    roleTitle: title,
    title: service,
    before: listenersAfter(role),
    after: [
      // Debian's ipvsadm service may load or clear the table at boot: it must start first.
      ...(usesTable(role) ? ["ipvsadm.service"] : []),
      // The firewall must be there before the script adds rules to it.
      ...(role.resources.some(({ kind }) => kind === "opening") ? firewallUnits : []),
    ],
    waitSeconds: bootWaitSeconds,
    needs: needsText(needs),
    hardening: hardening(needs, plan.host.platform.systemd ?? 0),
    reassert: plan.host.reassert,
  };
}
