/** Names of the scenarios: all a caller outside the kernel needs to know of them. */

import type { Engine } from "../../topology/model.ts";

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
export const HIGH_AVAILABILITY = ["health-check", "failover", "reload", "flushed"] as const;

export type ScenarioName = (typeof DEFAULT_SCENARIOS)[number] | (typeof HIGH_AVAILABILITY)[number];

/** Boots a system of its own for each host, which takes minutes: outside the default set. */
export const REBOOT = "reboot";

/** All that `--scenario` knows. */
export const ALL_SCENARIOS = [...DEFAULT_SCENARIOS, ...HIGH_AVAILABILITY, REBOOT] as const;
