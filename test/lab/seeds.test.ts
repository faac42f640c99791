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

/** Runs in which a call fails, the host is left wrong, and the script says exit 0: where a stop undoes a start at all. */
const SAYS_EXIT_0: Readonly<Record<string, readonly string[]>> = {
  "002": [
    "rs1 lvs_rs.sh: start survives every fault",
    "rs1 lvs_rs.sh: stop survives every fault",
    "lvs lvs_dr.sh: start survives every fault",
    "lvs lvs_dr.sh: stop survives every fault",
  ],
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
  test("fails and passes as the table says", { timeout: 900_000 }, async () => {
    const cluster = SEED_CLUSTERS[seed.slice(0, 3) as keyof typeof SEED_CLUSTERS];
    const checks = await labChecks(cluster, join(SEEDS, seed), SCENARIOS, { kernels: 2 });
    expect(passedRows(checks)).toEqual(PASSED[seed]);
    const lies = checks.filter(({ detail }) => /failing:\s+exit 0, but/.test(detail));
    expect(new Set(lies.map(({ host, name }) => `${host}: ${name}`))).toEqual(
      new Set(SAYS_EXIT_0[seed] ?? []),
    );
  });
});

test("seed 000 as written: half of all requests fail", { timeout: 900_000 }, async () => {
  const [check] = await labChecks(SEED_CLUSTERS["000"], join(SEEDS, "000"), ["balance"]);
  expect(check).toMatchObject({ ok: false, figure: expect.stringMatching(/^10\/0, 10 E/) });
});
