/** What hosts of floating addresses need beside keepalived. */

import { say } from "../languages/say.ts";
import type { Cluster, FloatingAddress, Host, Track } from "../topology/model.ts";
import type { SysctlResource } from "./resources.ts";

/** Whether the host may have a floating address. */
export function carriesFloating({ floating }: Cluster, { name }: Host): boolean {
  return floating.some(({ members }) => members.some(({ host }) => host === name));
}

/** Addresses at which a host asks itself, and nobody else. */
const loopback = /^(127\.|::1$)/;

/** Ports that programs answer at the address, each once. */
export function answeredPorts({ track }: FloatingAddress): number[] {
  return [...new Set(track.filter(asksHostItself).flatMap(({ port }) => port ?? []))];
}

/** Of types that ask an address. */
export function asksHostItself({ address }: Track): boolean {
  return loopback.test(address);
}

/** The cluster as a host sees it that is not a director: all it has are its floating addresses. */
export function withoutServices(cluster: Cluster): Cluster {
  const { directors } = cluster;
  return {
    ...cluster,
    directors: {
      ...directors,
      hosts: [],
      engine: "keepalived",
      connectionSync: null,
      notification: null,
      announce: null,
    },
    services: [],
    timeouts: null,
  };
}

const nonlocalBind = { 4: "net.ipv4.ip_nonlocal_bind", 6: "net.ipv6.ip_nonlocal_bind" } as const;

/** Programs that listen at an address would not start on the hosts that do not have it. */
export function bindingSysctls({ floating }: Cluster, { name }: Host): SysctlResource[] {
  const own = floating.filter(
    ({ members, bindBeforehand }) => bindBeforehand && members.some(({ host }) => host === name),
  );
  return own.map(({ family }) => ({
    kind: "sysctl",
    name: nonlocalBind[family],
    value: "1",
    reason: say`programs may listen at floating addresses before the host has them`,
  }));
}
