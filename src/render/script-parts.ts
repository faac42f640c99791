/** The parts of a host's script, one row each: a script has only those that its plan needs. */

import type { RolePlan } from "../plan/host-plan.ts";
import type { Resource } from "../plan/resources.ts";

export type ScriptPart =
  | "once"
  | "modules"
  | "sysctls"
  | "ownValues"
  | "forwarding"
  | "links"
  | "fou"
  | "keys"
  | "routeTable"
  | "routes"
  | "rules"
  | "defaultRoute"
  | "iptables"
  | "firewall"
  | "openings"
  | "settings"
  | "timeouts"
  | "shownAddresses"
  | "addresses"
  | "announcements"
  | "table"
  | "services"
  | "sync"
  | "selinux"
  | "units"
  | "daemons"
  | "keepalived"
  | "order"
  | "bird"
  | "gate"
  | "balances"
  | "surroundings";

interface PartRow {
  /** Whether a resource is put in place by it. */
  readonly for?: (resource: Resource) => boolean;
  /** Parts whose functions it calls. */
  readonly needs?: readonly ScriptPart[];
  /** Kinds of record lines that it undoes, each by a function `release_KIND`. */
  readonly releases?: readonly string[];
  /** Programs that it calls besides those of every script, and those of them that `status` needs, too. */
  readonly programs?: readonly string[];
  readonly lookPrograms?: readonly string[];
}

/** Sysctls that change other sysctls when they are written. */
const forwardingSysctls: ReadonlySet<string> = new Set([
  "net.ipv4.ip_forward",
  "net.ipv6.conf.all.forwarding",
]);

/** In the order of a script; `templates/script/machinery.sh.hbs` names their templates. */
const parts: Readonly<Record<ScriptPart, PartRow>> = {
  // Keeps what the first run found in the record.
  once: {},
  modules: { for: ofKind("module") },
  sysctls: { for: ofKind("sysctl"), releases: ["sysctl"] },
  // Of IPVS: a kernel that keeps the settings from an unprivileged container has these anyhow.
  ownValues: {
    for: (resource) =>
      resource.kind === "sysctl" && resource.name.startsWith("net.ipv4.vs.") && resource.value === "0",
    needs: ["sysctls"],
  },
  forwarding: {
    for: (resource) => resource.kind === "sysctl" && forwardingSysctls.has(resource.name),
    needs: ["sysctls"],
  },
  links: { for: ofKind("link"), releases: ["link"] },
  fou: { for: ofKind("fou"), releases: ["fou"] },
  keys: {},
  routeTable: { needs: ["keys"] },
  routes: { for: ofKind("route"), needs: ["routeTable", "once"], releases: ["route"] },
  rules: { for: ofKind("rule"), needs: ["routeTable", "once"], releases: ["rule"] },
  defaultRoute: { for: ofKind("default-route"), needs: ["routeTable"], releases: ["default_route"] },
  iptables: { needs: ["keys", "once"], releases: ["iptables"] },
  // Which of the two works is found out on the host.
  firewall: { for: ofKind("firewall-rule"), needs: ["iptables"], releases: ["nft"] },
  openings: { for: ofKind("opening"), needs: ["iptables"], releases: ["opening"] },
  // IPVS without its table.
  settings: { needs: ["table", "once"] },
  timeouts: { for: ofKind("timeouts"), needs: ["settings"], releases: ["timeouts"] },
  shownAddresses: {},
  addresses: {
    for: ofKind("address"),
    needs: ["shownAddresses", "once"],
    releases: ["address", "displaced"],
  },
  announcements: {
    for: (resource) => resource.kind === "address" && resource.announce && !resource.address.includes(":"),
    needs: ["addresses"],
  },
  // IPVS's table, whoever sets up the services.
  table: {
    releases: ["service"],
    programs: ["ipvsadm", "awk", "timeout"],
    lookPrograms: ["ipvsadm", "awk", "timeout"],
  },
  services: { for: ofKind("virtual-service"), needs: ["table"] },
  sync: { for: ofKind("sync-daemon"), needs: ["settings"], releases: ["sync_daemon"] },
  selinux: { for: ofKind("selinux-boolean") },
  units: { for: ofKind("unit"), needs: ["once"], releases: ["unit"] },
  keepalived: {
    for: ofKind("keepalived"),
    needs: ["shownAddresses", "daemons"],
    releases: ["keepalived"],
    programs: ["keepalived", "touch", "awk"],
    lookPrograms: ["awk"],
  },
  daemons: { programs: ["sha256sum"] },
  order: { for: ofKind("server-order"), needs: ["table"] },
  bird: {
    for: ofKind("bird"),
    needs: ["daemons"],
    releases: ["bird"],
    programs: ["bird", "birdc", "awk", "grep", "cmp", "chgrp", "chmod"],
    lookPrograms: ["birdc", "awk"],
  },
  gate: {
    for: ofKind("announcement"),
    needs: ["daemons"],
    releases: ["gate"],
    programs: ["setsid", "touch", "grep", "rmdir"],
  },
  // keepalived sets up services.
  balances: {
    for: balances,
    needs: ["table"],
  },
  // Who is drained; whoever sets up the services: what others' settings do to them.
  surroundings: { for: (resource) => resource.kind === "virtual-service" || resource.kind === "keepalived" },
};

const everyScript = ["ip", "flock", "timeout", "mkdir", "mv", "rm", "cat", "cp", "ls"];
const everyLook = ["ip", "cat", "ls"];

export interface ScriptParts {
  readonly parts: Readonly<Partial<Record<ScriptPart, true>>>;
  readonly releasable: readonly string[];
  readonly programs: readonly string[];
  readonly lookPrograms: readonly string[];
}

/** Whether its script works on the table of IPVS. */
export function usesTable(role: RolePlan): boolean {
  return scriptParts(role).parts.table === true;
}

export function scriptParts({ resources }: RolePlan): ScriptParts {
  const names = Object.keys(parts) as ScriptPart[];
  const wanted = new Set(names.filter((name) => resources.some((resource) => parts[name].for?.(resource))));
  // Iterating a Set also visits what is added meanwhile.
  for (const name of wanted) for (const need of parts[name].needs ?? []) wanted.add(need);
  const held = names.filter((name) => wanted.has(name));
  const rows = held.map((name) => parts[name]);
  return {
    parts: Object.fromEntries(held.map((name) => [name, true])),
    releasable: rows.flatMap(({ releases = [] }) => releases),
    programs: [...new Set([...rows.flatMap(({ programs = [] }) => programs), ...everyScript])],
    lookPrograms: [...new Set([...rows.flatMap(({ lookPrograms = [] }) => lookPrograms), ...everyLook])],
  };
}

/** Whether it has services that keepalived sets up. */
export function balances(resource: Resource): boolean {
  return resource.kind === "keepalived" && resource.services.length > 0;
}

function ofKind(kind: Resource["kind"]): (resource: Resource) => boolean {
  return (resource) => resource.kind === kind;
}
