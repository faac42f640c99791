/** Resources as lines of a script's `resources` function: one call each. */

import type { Resource, RouteResource, RuleResource, SyncDaemonResource } from "../plan/resources.ts";

export interface ShellCall {
  /** Name of the shell functions behind it, after `record_`, `ensure_`, `check_`, `show_`. */
  readonly call: string;
  readonly words: readonly (string | number)[];
  /** A comment above the line; empty for none. */
  readonly reason: string;
}

/** Calls for all resources of their kind at once: IPVS and the firewall are each changed by one batch. */
const gathered: ReadonlySet<string> = new Set(["services", "firewall", "openings"]);

export function shellCalls(resources: readonly Resource[]): ShellCall[] {
  const calls = resources.map((resource) => shellCall(resource));
  return calls.filter(({ call }, index) => !gathered.has(call) || calls[index - 1]?.call !== call);
}

function shellCall(resource: Resource): ShellCall {
  switch (resource.kind) {
    case "module":
      return plain("module", resource.name);
    case "sysctl":
      return { call: "sysctl", words: [resource.name, resource.value], reason: resource.reason };
    case "link":
      return plain("link", resource.name);
    case "fou":
      return plain("fou", resource.family, resource.port);
    case "route":
      return plain("route", resource.family, ...routeWords(resource));
    case "default-route":
      return plain("default_route", "via", resource.via, "dev", resource.interface);
    case "rule":
      return plain("rule", resource.family, resource.priority, ...ruleWords(resource));
    case "firewall-rule":
      return plain("firewall");
    case "opening":
      return plain("openings");
    case "address": {
      const words = [resource.address, resource.interface];
      // The kernel announces an IPv6 address itself (ndisc_notify).
      const announce = resource.announce && !resource.address.includes(":");
      return plain("address", ...(announce ? [...words, "announce"] : words));
    }
    case "timeouts":
      return plain("timeouts", resource.tcp, resource.tcpFin, resource.udp);
    case "virtual-service":
      return plain("services");
    case "sync-daemon":
      return plain("sync_daemon", resource.state, ...syncWords(resource));
    case "selinux-boolean":
      return { call: "selinux", words: [resource.name], reason: resource.reason };
    case "unit":
      return plain("unit", resource.name, ...resource.places);
    case "keepalived":
      return plain("keepalived");
    case "server-order":
      return plain("order");
    case "bird":
      return plain("bird");
    case "announcement":
      return plain("gate", resource.vip, ...(resource.drained ? ["drained"] : []));
  }
}

function plain(call: string, ...words: readonly (string | number)[]): ShellCall {
  return { call, words, reason: "" };
}

/** In the order in which `ip route show` prints them. */
function routeWords({ to, via, interface: name, table, metric }: RouteResource): (string | number)[] {
  return [
    ...(via === null ? [to] : [to, "via", via]),
    ...["dev", name],
    ...["table", table ?? "main"],
    ...(metric === null ? [] : ["metric", metric]),
  ];
}

/** Protocols by number, as a minimal system has no /etc/protocols with their names. */
const protocolNumber = { tcp: 6, udp: 17, sctp: 132 } as const;

function ruleWords({ from, service, table }: RuleResource): (string | number)[] {
  const ports = service?.ports ?? null;
  return [
    ...["from", from],
    ...(service === null ? [] : ["ipproto", protocolNumber[service.protocol]]),
    ...(ports === null
      ? []
      : ["sport", ports.first === ports.last ? ports.first : `${ports.first}-${ports.last}`]),
    ...["lookup", table],
  ];
}

function syncWords({ interface: name, syncId, group, port, ttl }: SyncDaemonResource): string[] {
  return [
    `mcast=${name}`,
    `syncid=${syncId}`,
    ...(group === null ? [] : [`group=${group}`]),
    ...(port === null ? [] : [`port=${port}`]),
    ...(ttl === null ? [] : [`ttl=${ttl}`]),
  ];
}
