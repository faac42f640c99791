/** Names of the scenarios: all a caller outside the kernel needs to know of them. */

import type { Cluster, Engine } from "../../topology/model.ts";

/** In the order they run; this is also the default set. */
export const DEFAULT_SCENARIOS = [
  "balance",
  "arp",
  "idempotence",
  "reapply-under-load",
  "long-connection",
  "restore",
  "foreign-state",
  "drain",
  "thresholds",
  "concurrent",
  "missing",
  "crash",
] as const;

/** What is tried of a cluster by default: where keepalived runs it, what does not yet know of its checks and elections is left out. */
export const SCENARIOS_OF: Readonly<Record<Engine, readonly ScenarioName[]>> = {
  ipvsadm: DEFAULT_SCENARIOS,
  keepalived: [
    "balance",
    "idempotence",
    "restore",
    "foreign-state",
    "health-check",
    "failover",
    "reload",
    "flushed",
    "concurrent",
    "missing",
    "crash",
  ],
};

/** Those of clusters that watch themselves. */
export const HIGH_AVAILABILITY = ["health-check", "track-faults", "failover", "reload", "flushed"] as const;

/** Those of clusters whose directors are all active, and announce the VIPs. */
export const ANNOUNCING = [
  "spread",
  "same-server",
  "active-directors",
  "withdrawal",
  "active-servers",
  "icmp-errors",
] as const;

/** Not of directors that announce: clients are behind routers, and there is no master. */
const OF_ONE_MASTER: readonly ScenarioName[] = ["arp", "failover", "track-faults"];

/** Of hosts that have addresses and no virtual services. */
export const WITHOUT_SERVICES: readonly ScenarioName[] = [
  "track-faults",
  "failover",
  "idempotence",
  "restore",
  "foreign-state",
  "concurrent",
  "missing",
  "crash",
];

/** What is tried of a cluster by default. */
export function scenariosOf({ directors, services, floating }: Cluster): readonly ScenarioName[] {
  if (services.length === 0) return WITHOUT_SERVICES;
  if (directors.announce !== null) return [...besideAnnouncing(directors.engine), ...ANNOUNCING];
  const usual = SCENARIOS_OF[directors.engine];
  const isMoving = floating.length > 0 || directors.vrrp.track.length > 0;
  const more: readonly ScenarioName[] = isMoving ? ["track-faults", "failover"] : [];
  return [...usual, ...more.filter((name) => !usual.includes(name))];
}

/** What is tried of directors that announce, beside their own scenarios. */
export function besideAnnouncing(engine: Engine): readonly ScenarioName[] {
  return SCENARIOS_OF[engine].filter((name) => !OF_ONE_MASTER.includes(name));
}

export type ScenarioName =
  | (typeof DEFAULT_SCENARIOS)[number]
  | (typeof HIGH_AVAILABILITY)[number]
  | (typeof ANNOUNCING)[number];

/** Boots a system of its own for each host, which takes minutes: outside the default set. */
export const REBOOT = "reboot";

/** All that `--scenario` knows. */
export const ALL_SCENARIOS = [...DEFAULT_SCENARIOS, ...HIGH_AVAILABILITY, ...ANNOUNCING, REBOOT] as const;
