/** Resources in words: one line each, and a line below for each part. */

import type { FirewallRuleResource, Resource, RuleResource } from "../plan/resources.ts";
import type { PortRange } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";
import { keepalivedText } from "./keepalived-text.ts";
import { openingText } from "./opening-text.ts";
import { serviceLines } from "./service-text.ts";

export function resourceText(resource: Resource): string[] {
  switch (resource.kind) {
    case "module":
      return [`kernel module ${resource.name}`];
    case "sysctl":
      return [`sysctl ${resource.name} = ${resource.value}`, `(${resource.reason})`];
    case "link":
      return [`device ${resource.name} up`];
    case "fou":
      return [`receive GUE packets on UDP port ${resource.port} (IPv${resource.family})`];
    case "route":
      return [
        `route to ${resource.to} ${resource.via === null ? "" : `via ${resource.via} `}on ${resource.interface}` +
          (resource.table === null ? "" : `, table ${resource.table}`),
      ];
    case "default-route":
      return [`default route via ${resource.via} on ${resource.interface}`];
    case "rule":
      return [ruleText(resource)];
    case "firewall-rule":
      return [`firewall: ${firewallText(resource)}`, `(${resource.reason})`];
    case "opening":
      return [`firewall: ${openingText(resource)}`];
    case "address":
      return [
        `address ${resource.address} on ${resource.interface}${resource.announce ? ", announced" : ""}`,
      ];
    case "timeouts":
      return [`IPVS timeouts tcp ${resource.tcp} s, tcpfin ${resource.tcpFin} s, udp ${resource.udp} s`];
    case "virtual-service":
      return serviceLines(resource);
    case "sync-daemon":
      return [`connection sync ${resource.state} on ${resource.interface}, sync id ${resource.syncId}`];
    case "selinux-boolean":
      return [`SELinux boolean ${resource.name} on, if SELinux is on`, `(${resource.reason})`];
    case "unit":
      return [`unit ${resource.name} runs on the master of ${resource.places.map(placeText).join(", ")}`];
    case "keepalived":
      return keepalivedText(resource);
  }
}

function placeText(place: string): string {
  const [address = "", name = ""] = place.split("%");
  return `${address} on ${name}`;
}

export function ruleText({ from, service, table }: RuleResource): string {
  const what =
    service === null ? "" : `${service.protocol} ${service.ports ? portsText([service.ports]) : ""}`;
  return `packets from ${[from, what.trim()].filter((part) => part !== "").join(" ")} use routing table ${table}`;
}

function firewallText({ match, action }: FirewallRuleResource): string {
  const { protocol, notFromMacs, from, to, ports } = match;
  const packets = [
    protocol,
    ...(from === null ? [] : [`from ${from}`]),
    ...(to === null ? [] : [`to ${to}`]),
    ...(ports.length === 0 ? [] : [portsText(ports)]),
    ...(notFromMacs.length === 0 ? [] : [`not from ${notFromMacs.join(", ")}`]),
  ].join(" ");
  switch (action.kind) {
    case "mark":
      return `${packets} gets mark ${action.value}`;
    case "masquerade":
      return `${packets} is masqueraded`;
    case "segment-size":
      return `${packets} gets a maximum segment size (MSS) of ${action.bytes} bytes`;
  }
}

function portsText(ports: readonly PortRange[]): string {
  const texts = ports.map((range) => portRangeText(range));
  return `${texts.length === 1 && !texts[0]?.includes("-") ? "port" : "ports"} ${texts.join(", ")}`;
}
