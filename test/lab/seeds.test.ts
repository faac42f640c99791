/** The seeds' own scripts fail the lab as the table in lvs-facts.md says: a lab that cannot fail proves nothing. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CheckEvent } from "../../src/lab/events.ts";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { labChecks } from "./run.ts";

const SEEDS = join(import.meta.dirname, "../fixtures/seeds");

const SCENARIOS: readonly ScenarioName[] = [
  "balance",
  "arp",
  "idempotence",
  "reapply-under-load",
  "restore",
  "foreign-state",
  "missing",
  "crash",
];

/** A row of the table: checks of this scenario whose name matches. */
const ROWS = {
  "balances 20 requests 10/10": ["balance", /balanced/],
  "only the director answers ARP": ["arp", /while scripts start/],
  "keeps another IPVS service": ["foreign-state", /IPVS services survive start/],
  "keeps firewall rules": ["foreign-state", /firewall rules survive start/],
  "second start exits 0": ["idempotence", /exits 0/],
  "second start is quiet": ["idempotence", /says that nothing changed/],
  "no socket errors in 20 re-applies": ["reapply-under-load", /no request fails/],
  "stop restores the host": ["restore", /^stop restores/],
  "names a missing interface": ["missing", /missing interface: exits 6/],
  // Where stop does not even undo an undisturbed start, no fault is needed.
  "survives a fault at every call": ["crash", /survives every fault|work undisturbed/],
} as const satisfies Record<string, readonly [ScenarioName, RegExp]>;

type Row = keyof typeof ROWS;

const PASSED: Readonly<Record<string, readonly Row[]>> = {
  "000-mended": ["balances 20 requests 10/10", "only the director answers ARP"],
  "002": ["balances 20 requests 10/10", "keeps firewall rules", "second start exits 0"],
  "004": ["balances 20 requests 10/10", "keeps firewall rules", "second start exits 0"],
};

function passedRows(checks: readonly CheckEvent[]): Row[] {
  return (Object.keys(ROWS) as Row[]).filter((row) => {
    const [scenario, name] = ROWS[row];
    const found = checks.filter((check) => check.scenario === scenario && name.test(check.name));
    expect(found, row).not.toEqual([]);
    return found.every((check) => check.ok);
  });
}

describe.each(Object.keys(PASSED))("seed %s", (seed) => {
  test("fails and passes as the table says", { timeout: 240_000 }, async () => {
    const cluster = SEED_CLUSTERS[seed.slice(0, 3) as keyof typeof SEED_CLUSTERS];
    const checks = await labChecks(cluster, join(SEEDS, seed), SCENARIOS, { kernels: 2 });
    expect(passedRows(checks)).toEqual(PASSED[seed]);
  });
});

test("seed 002: calls that fail leave a host wrong, and the script says exit 0", {
  timeout: 240_000,
}, async () => {
  const checks = await labChecks(SEED_CLUSTERS["002"], join(SEEDS, "002"), ["crash"]);
  const failed = checks.filter((check) => !check.ok && /survives every fault/.test(check.name));
  expect(failed.map(({ host, name }) => `${host}: ${name}`)).toEqual([]);
  expect(failed.every(({ detail }) => /failing:\s+exit 0, but/.test(detail))).toBe(true);
});

test("seed 000 as written: half of all requests fail", { timeout: 120_000 }, async () => {
  const [check] = await labChecks(SEED_CLUSTERS["000"], join(SEEDS, "000"), ["balance"]);
  expect(check).toMatchObject({ ok: false, figure: expect.stringMatching(/^10\/0, 10 E/) });
});
