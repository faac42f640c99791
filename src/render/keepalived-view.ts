/** The view model of keepalived.conf, and keepalived's part of that of lvs_dr.sh. */

import { sha256Hex } from "../base/digest.ts";
import { version } from "../base/version.ts";
import { isOlder } from "../base/versions.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type {
  Destination,
  KeepalivedResource,
  KeepalivedService,
  KeepalivedSync,
  ServicePersistence,
  VrrpInstance,
} from "../plan/resources.ts";
import type { Forwarding } from "../topology/model.ts";
import { drawing } from "./drawing.ts";
import { checkView } from "./keepalived-checks.ts";
import { planDigest } from "./plan-digest.ts";

/** Its name in a host's folder and below /etc/lvsgen. */
export const keepalivedFile = "keepalived.conf";

export function keepalivedOf({ resources }: RolePlan): KeepalivedResource | null {
  return resources.find((resource) => resource.kind === "keepalived") ?? null;
}

export function holdsSecret(role: RolePlan): boolean {
  return keepalivedOf(role)?.instances.some(({ password }) => password !== null) ?? false;
}

export interface KeepalivedScriptView {
  /** SHA-256 of keepalived.conf, which belongs to the script. */
  readonly digest: string;
  readonly pidFile: string;
  /** Moving addresses as ADDRESS/PREFIX%INTERFACE. */
  readonly addresses: readonly string[];
  /** Whether there is connection sync, and its settings as ipvsadm of any version shows them. */
  readonly syncs: boolean;
  readonly sync: readonly string[];
  /** The strategy of a director that is also a real server; null for others. */
  readonly asRealServer: string | null;
}

export function keepalivedScriptView(
  { host }: HostPlan,
  role: RolePlan,
  rendered: ReadonlyMap<string, string>,
): KeepalivedScriptView | null {
  const keepalived = keepalivedOf(role);
  if (keepalived === null) return null;
  return {
    digest: sha256Hex(rendered.get(keepalivedFile) ?? ""),
    pidFile: `${host.platform.runDirectory}/keepalived.pid`,
    addresses: keepalived.instances.flatMap(({ addresses, carriers }) =>
      addresses.map((address, at) => `${address}%${carriers[at] ?? ""}`),
    ),
    syncs: keepalived.sync !== null,
    sync: keepalived.sync === null ? [] : syncWords(keepalived.sync),
    asRealServer: keepalived.asRealServer === "refuse" ? null : keepalived.asRealServer,
  };
}

function syncWords({ interface: name, syncId }: KeepalivedSync): string[] {
  return [`mcast=${name}`, `syncid=${syncId}`];
}

/** Before this version, checks send mail as soon as there is an address for it (keepalived.conf.SYNOPSIS of 1.3.5). */
const alertsSince = "2.0.0";

export function keepalivedView(plan: HostPlan, role: RolePlan) {
  const keepalived = keepalivedOf(role);
  if (keepalived === null) throw new Error("this role has no keepalived");
  const { routerId, notification, sync, instances, services } = keepalived;
  return {
    version,
    planDigest: planDigest(plan, role),
    host: plan.host.name,
    cluster: plan.cluster,
    drawing: drawing(plan, role),
    routerId,
    notification,
    alerts: !isOlder(keepalived.version, alertsSince),
    scripts: services.some(({ check }) => check?.type === "script"),
    sync: sync === null ? null : { ...sync, settings: settings(sync, ["group", "port", "ttl"]) },
    syncGroups: syncGroups(keepalived),
    instances: instances.map((each) => instanceView(each, notification !== null)),
    services: services.map((service) => serviceView(service, keepalived.version)),
  };
}

/** Instances that move together, where there are several. */
function syncGroups({ syncGroup, instances }: KeepalivedResource) {
  return syncGroup === null ? [] : [{ name: syncGroup, instances: instances.map(({ name }) => name) }];
}

/** Those of the keys that have a value, as names and values. */
function settings<K extends string>(from: Readonly<Record<K, string | number | null>>, keys: readonly K[]) {
  return keys.flatMap((name) => (from[name] === null ? [] : { name, value: from[name] }));
}

function instanceView(instance: VrrpInstance, alerts: boolean) {
  return {
    ...instance,
    addresses: instance.addresses.map((address, at) => ({ address, interface: instance.carriers[at] ?? "" })),
    password: instance.password?.reveal() ?? null,
    nopreempt: !instance.preempt,
    unicast: instance.peers.length > 0,
    alerts,
  };
}

const methodName: Readonly<Record<Forwarding, string>> = { dr: "DR", nat: "NAT", tun: "TUN" };

function serviceView(service: KeepalivedService, version: string) {
  const { name, selector, scheduler, schedulerFlags, onePacket, destinations, check, quorum } = service;
  const method = methodOf(destinations[0]);
  return {
    name,
    of: selector.kind === "mark" ? ["fwmark", selector.value] : [selector.vip, selector.port],
    // keepalived takes it from the servers' addresses, except for tunnelled servers.
    inet6: selector.kind === "mark" && selector.family === 6,
    // A mark has no protocol.
    protocol: selector.kind === "mark" ? null : selector.protocol.toUpperCase(),
    scheduler,
    schedulerFlags,
    method,
    onePacket,
    persistence: persistenceView(service.persistence),
    quorum: quorum > 1 ? quorum : null,
    interval: check?.interval ?? null,
    virtualHost: check?.type === "http" || check?.type === "https" ? check.virtualHost : null,
    sorry: service.sorryServer === null ? null : sorryView(service.sorryServer, method),
    servers: destinations.map((to) => ({
      ...to,
      method: methodOf(to).join(" ") === method.join(" ") ? null : methodOf(to),
      upperThreshold: to.upperThreshold || null,
      lowerThreshold: to.lowerThreshold || null,
      check: check === null ? null : checkView(check, version),
    })),
  };
}

function sorryView(to: Destination, method: readonly (string | number)[]) {
  const own = methodOf(to);
  return { ...to, method: own.join(" ") === method.join(" ") ? null : own };
}

/** ipip is keepalived's default. */
function methodOf(to: Destination | undefined): (string | number)[] {
  if (to === undefined) return [];
  const { forwarding, tunnel } = to;
  const name = methodName[forwarding];
  if (forwarding !== "tun" || tunnel.type === "ipip") return [name];
  return [name, "type", tunnel.type, ...(tunnel.type === "gue" ? ["port", tunnel.port] : [])];
}

function persistenceView(persistence: ServicePersistence | null) {
  if (persistence === null) return null;
  return { timeout: persistence.timeout, granularity: persistence.netmask, engine: persistence.engine };
}
