/** Names of the scenarios: all a caller outside the kernel needs to know of them. */

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

export type ScenarioName = (typeof DEFAULT_SCENARIOS)[number];

/** Boots a system of its own for each host, which takes minutes: outside the default set. */
export const REBOOT = "reboot";

/** All that `--scenario` knows. */
export const ALL_SCENARIOS = [...DEFAULT_SCENARIOS, REBOOT] as const;
