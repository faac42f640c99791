/** A host's plan -> the values that its scripts have to set, without a look at how scripts are written. */

import { sha256Hex } from "../../src/base/digest.ts";
import type { HostPlan, RolePlan } from "../../src/plan/host-plan.ts";
import type { Destination, Resource, ServiceSettings } from "../../src/plan/resources.ts";
import type { Artifact } from "../../src/render/artifact.ts";
import { balances } from "../../src/render/script-parts.ts";

/** Words by what they are of: `HOST`, `call`, `service` … */
export type Words = readonly (readonly string[])[];

const scripts = { director: "lvs_dr", "real-server": "lvs_rs" } as const;

/** Every value of a role's script. */
export function intendedValues(plan: HostPlan, role: RolePlan, artifacts: readonly Artifact[]): Words {
  const script = scripts[role.role];
  const keepalived = role.resources.find((resource) => resource.kind === "keepalived");
  const conf = artifacts.find(({ path }) => path === `${plan.host.name}/keepalived.conf`);
  return [
    ["PROGRAM", `${script}.sh`],
    ["HOST", plan.host.name],
    ["CLUSTER", plan.cluster],
    ["ROLE", script],
    ["HOST_ADDRESSES", ...plan.addresses],
    ["INTERFACES", ...role.interfaces],
    ["STATE_DIR", `${plan.host.platform.runDirectory}/lvsgen`],
    ...(keepalived === undefined
      ? []
      : [
          ["KEEPALIVED_SHA256", sha256Hex(conf?.text ?? "")],
          [
            "MOVING",
            ...keepalived.instances.flatMap(({ addresses, carriers }) =>
              addresses.map((address, index) => `${address}%${carriers[index]}`),
            ),
          ],
          ...(balances(keepalived)
            ? [["AS_REAL_SERVER", ...(keepalived.asRealServer === "refuse" ? [] : [keepalived.asRealServer])]]
            : []),
        ]),
    ...calls(role.resources),
    ...servicesOf(role.resources),
  ];
}

/** Every value of a host's setup.sh that is the host's own. */
export function intendedSetup(plan: HostPlan, artifacts: readonly Artifact[]): Words {
  const own = artifacts.filter(
    ({ path }) => path.startsWith(`${plan.host.name}/`) && !path.endsWith("/setup.sh"),
  );
  const names = own.map(({ path, mode }) => [path.slice(plan.host.name.length + 1), `0${mode.toString(8)}`]);
  return [
    ["PROGRAM", "setup.sh"],
    ["HOST", plan.host.name],
    ["HOST_ADDRESSES", ...plan.addresses],
    ["SERVICES", ...plan.roles.map(({ role }) => scripts[role]).toReversed()],
    ...names.map((words) => ["file", ...words]).toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
  ];
}

/** Batches: one call for all resources of the kind that stand together. */
const gathered: Readonly<Record<string, string>> = {
  "firewall-rule": "firewall",
  opening: "openings",
  "virtual-service": "services",
};

function calls(resources: readonly Resource[]): string[][] {
  return resources.flatMap((resource, index) =>
    resource.kind in gathered && resources[index - 1]?.kind === resource.kind
      ? []
      : [["call", ...call(resource)]],
  );
}

function call(resource: Resource): string[] {
  switch (resource.kind) {
    case "module":
    case "link":
      return [resource.kind, resource.name];
    case "sysctl":
      return ["sysctl", resource.name, resource.value];
    case "fou":
      return ["fou", `${resource.family}`, `${resource.port}`];
    case "route": {
      const { family, to, via, interface: name, table, metric } = resource;
      const words = `${to} via ${via} dev ${name} table ${table ?? "main"}`.split(" ");
      return ["route", `${family}`, ...words, ...(metric === null ? [] : ["metric", `${metric}`])];
    }
    case "default-route":
      return ["default_route", "via", resource.via, "dev", resource.interface];
    case "rule": {
      const { family, priority, from, service, table } = resource;
      const numbers = { tcp: "6", udp: "17", sctp: "132" };
      const protocol = service === null ? [] : ["ipproto", numbers[service.protocol]];
      const ports = service?.ports ?? null;
      const range = ports === null ? "" : `${ports.first}-${ports.last}`.replace(/^(\d+)-\1$/, "$1");
      const sport = ports === null ? [] : ["sport", range];
      return ["rule", `${family}`, `${priority}`, "from", from, ...protocol, ...sport, "lookup", `${table}`];
    }
    case "address": {
      const announced = resource.announce && !resource.address.includes(":");
      return ["address", resource.address, resource.interface, ...(announced ? ["announce"] : [])];
    }
    case "unit":
      return ["unit", resource.name, ...resource.places];
    case "timeouts":
      return ["timeouts", `${resource.tcp}`, `${resource.tcpFin}`, `${resource.udp}`];
    case "sync-daemon": {
      const { state, interface: name, syncId, group, port, ttl } = resource;
      const optional = Object.entries({ group, port, ttl }).flatMap(([key, value]) =>
        value === null ? [] : [`${key}=${value}`],
      );
      return ["sync_daemon", state, `mcast=${name}`, `syncid=${syncId}`, ...optional];
    }
    case "selinux-boolean":
      return ["selinux", resource.name];
    case "keepalived":
    case "bird":
      return [resource.kind];
    case "server-order":
      return ["order"];
    case "announcement":
      return ["gate", resource.vip, ...(resource.drained ? ["drained"] : [])];
    case "firewall-rule":
    case "opening":
    case "virtual-service":
      return [gathered[resource.kind] ?? ""];
  }
}

function servicesOf(resources: readonly Resource[]): string[][] {
  return resources.flatMap((resource) => {
    if (resource.kind === "virtual-service") return serviceWords(resource, null);
    if (resource.kind !== "keepalived") return [];
    return resource.services.flatMap((service) => serviceWords(service, service.sorryServer));
  });
}

/** Meanings, in no one's spelling: each option as `name=value`, in the order of names. */
function serviceWords(service: ServiceSettings, sorry: Destination | null): string[][] {
  const { selector, scheduler, schedulerFlags, persistence, onePacket, destinations } = service;
  const key =
    selector.kind === "mark"
      ? `mark ${selector.value} ${selector.family}`
      : `${selector.protocol} ${selector.vip} ${selector.port}`;
  const options = {
    scheduler,
    persistence: persistence?.timeout,
    netmask: persistence?.netmask ?? undefined,
    flags: schedulerFlags.length === 0 ? undefined : schedulerFlags.join(","),
    onePacket: onePacket || undefined,
    engine: persistence?.engine ?? undefined,
  };
  return [
    ["service", key, ...sorted(options)],
    ...destinations.map((to) => ["server", key, ...destinationWords(to)]),
    ...(sorry === null ? [] : [["sorry", key, ...destinationWords(sorry)]]),
  ];
}

function destinationWords({ address, port, forwarding, tunnel, weight, ...to }: Destination): string[] {
  return sorted({
    address,
    port,
    forwarding,
    weight,
    tunnel: forwarding === "tun" ? tunnel.type : undefined,
    tunnelPort: forwarding === "tun" && tunnel.type === "gue" ? tunnel.port : undefined,
    upper: to.upperThreshold || undefined,
    lower: to.lowerThreshold || undefined,
  });
}

export function sorted(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .sort();
}
