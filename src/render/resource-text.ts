/** Resources in words: one line each, and a line below for each part. */

import { listed } from "../base/counted.ts";
import { say } from "../languages/say.ts";
import type { FirewallRuleResource, Resource, RouteResource, RuleResource } from "../plan/resources.ts";
import type { PortRange } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";
import { announcementText, birdLines } from "./announce-text.ts";
import { keepalivedText } from "./keepalived-text.ts";
import { openingText } from "./opening-text.ts";
import { serviceLines } from "./service-text.ts";

export function resourceText(resource: Resource): string[] {
  switch (resource.kind) {
    case "module":
      return [say`kernel module ${resource.name}`];
    case "sysctl":
      return [`sysctl ${resource.name} = ${resource.value}`, `(${resource.reason})`];
    case "link":
      return [say`device ${resource.name} up`];
    case "fou":
      return [say`receive GUE packets on UDP port ${resource.port} (IPv${resource.family})`];
    case "route":
      return [routeText(resource)];
    case "default-route":
      return [say`default route via ${resource.via} on ${resource.interface}`];
    case "rule":
      return [ruleText(resource)];
    case "firewall-rule":
      return [say`firewall: ${firewallText(resource)}`, `(${resource.reason})`];
    case "opening":
      return [say`firewall: ${openingText(resource)}`];
    case "address":
      return [
        resource.announce
          ? say`address ${resource.address} on ${resource.interface}, announced`
          : say`address ${resource.address} on ${resource.interface}`,
      ];
    case "timeouts":
      return [say`IPVS timeouts tcp ${resource.tcp} s, tcpfin ${resource.tcpFin} s, udp ${resource.udp} s`];
    case "virtual-service":
      return serviceLines(resource);
    case "sync-daemon":
      return [say`connection sync ${resource.state} on ${resource.interface}, sync id ${resource.syncId}`];
    case "selinux-boolean":
      return [say`SELinux boolean ${resource.name} on, if SELinux is on`, `(${resource.reason})`];
    case "unit":
      return [say`unit ${resource.name} runs on the master of ${listed(resource.places.map(placeText))}`];
    case "keepalived":
      return keepalivedText(resource);
    case "server-order":
      return [say`IPVS has the servers in the order of the topology, on every director`];
    case "bird":
      return birdLines(resource);
    case "announcement":
      return [announcementText(resource)];
  }
}

function routeText({ to, via, interface: name, table }: RouteResource): string {
  if (via === null)
    return table === null ? say`route to ${to} on ${name}` : say`route to ${to} on ${name}, table ${table}`;
  return table === null
    ? say`route to ${to} via ${via} on ${name}`
    : say`route to ${to} via ${via} on ${name}, table ${table}`;
}

function placeText(place: string): string {
  const [address = "", name = ""] = place.split("%");
  return say`${address} on ${name}`;
}

export function ruleText({ from, service, table }: RuleResource): string {
  if (service === null) return say`packets from ${from} use routing table ${table}`;
  const { protocol, ports } = service;
  const what = ports === null ? protocol : `${protocol} ${portsText([ports])}`;
  return say`packets from ${from} ${what} use routing table ${table}`;
}

function firewallText({ match, action }: FirewallRuleResource): string {
  const { protocol, notFromMacs, from, to, ports } = match;
  const packets = [
    protocol,
    ...(from === null ? [] : [say`from ${from}`]),
    ...(to === null ? [] : [say`to ${to}`]),
    ...(ports.length === 0 ? [] : [portsText(ports)]),
    ...(notFromMacs.length === 0 ? [] : [say`not from ${listed(notFromMacs)}`]),
  ].join(" ");
  switch (action.kind) {
    case "mark":
      return say`${packets} gets mark ${action.value}`;
    case "masquerade":
      return say`${packets} is masqueraded`;
    case "segment-size":
      return say`${packets} gets a maximum segment size (MSS) of ${action.bytes} bytes`;
  }
}

function portsText(ports: readonly PortRange[]): string {
  const texts = ports.map((range) => portRangeText(range));
  return texts.length === 1 && !texts[0]?.includes("-") ? say`port ${texts[0]}` : say`ports ${listed(texts)}`;
}
