/** Generated scripts, broken on purpose: for each defect the scenario that must catch it. */

import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { generatedScripts } from "./generated.ts";
import { labChecks } from "./run.ts";

interface Defect {
  readonly what: string;
  readonly file: "lvs_dr.sh" | "lvs_rs.sh";
  readonly from: string | RegExp;
  readonly to: string;
  readonly caughtBy: ScenarioName;
  /** Name of a check that must fail. */
  readonly naming: RegExp;
}

const DEFECTS: readonly Defect[] = [
  {
    what: "a server is left out",
    file: "lvs_dr.sh",
    from: /^-a .*192\.168\.1\.108.*\n/m,
    to: "",
    caughtBy: "balance",
    naming: /is balanced as rr promises/m,
  },
  {
    what: "arp_announce is left as it is",
    file: "lvs_rs.sh",
    from: /^ {2}"\$1"_sysctl net\.ipv4\.conf\.\w+\.arp_announce 2\n/gm,
    to: "",
    caughtBy: "arp",
    naming: /only the director claims/m,
  },
  {
    what: "a second start says nothing about it",
    file: "lvs_rs.sh",
    from: "already as it should be, nothing changed",
    to: "done",
    caughtBy: "idempotence",
    naming: /says that nothing changed/m,
  },
  {
    what: "stop writes the kernel's default instead of what start found",
    file: "lvs_rs.sh",
    from: '*" $VALUE "*) write_sysctl "$name" "$found" ;;',
    to: '*" $VALUE "*) write_sysctl "$name" 0 ;;',
    caughtBy: "restore",
    naming: /^stop restores the host's state/m,
  },
  {
    what: "start clears the IPVS table first",
    file: "lvs_dr.sh",
    from: /^converge\(\) \{\n/m,
    to: "converge() {\n  ipvsadm -C\n",
    caughtBy: "foreign-state",
    naming: /foreign IPVS services survive start/m,
  },
  {
    what: "no lock",
    file: "lvs_rs.sh",
    from: "  flock -n 9 && return 0\n",
    to: "  return 0\n",
    caughtBy: "concurrent",
    naming: /two starts at once/m,
  },
  {
    what: "a missing program is no error",
    file: "lvs_rs.sh",
    from: /die 5 "needs the program/,
    to: 'say "needs the program',
    caughtBy: "missing",
    naming: /missing program ip: exits 5/m,
  },
  {
    what: "the record is written after the change",
    file: "lvs_rs.sh",
    from: /^ {2}record_found\n([\s\S]*?) {2}resources ensure\n/m,
    to: '  resources record\n$1  resources ensure\n  find_obsolete; save_record starting "${NEW#\\"$NL\\"}"\n',
    caughtBy: "crash",
    naming: /survives every fault/m,
  },
];

describe.each(DEFECTS)("$what", ({ file, from, to, caughtBy, naming }) => {
  test(`is caught by ${caughtBy}`, { timeout: 180_000 }, async () => {
    let matches = 0;
    const scripts = generatedScripts(SEED_CLUSTERS["000"], (path, text) => {
      if (!path.endsWith(file)) return text;
      const broken = text.replace(from, to);
      if (broken !== text) matches += 1;
      return broken;
    });
    expect(matches, "the defect is in the scripts").toBeGreaterThan(0);
    const checks = await labChecks(SEED_CLUSTERS["000"], scripts, [caughtBy], { kernels: 2 });
    const failed = checks.filter((check) => !check.ok);
    expect(failed.map((check) => check.name).join("\n")).toMatch(naming);
  });
});
