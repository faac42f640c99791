/** The lab's runner with the tests' own scenarios. */

import { SCENARIOS } from "../../../src/lab/scenarios/registry.ts";
import { changes } from "../changes/scenario.ts";
import { endurance } from "../endurance/scenario.ts";
import { fat } from "../fat/scenario.ts";
import { foreignBird } from "../foreign-bird/scenario.ts";
import { hardshipsScenario } from "../hardships/scenario.ts";
import { keepalivedLoses } from "../keepalived-loses/scenario.ts";
import { earlierVersion } from "../old-hosts/earlier-version.ts";
import { oldHosts } from "../old-hosts/scenario.ts";
import { retiredScenario } from "../retired/scenario.ts";

Object.assign(SCENARIOS, {
  changes,
  endurance,
  fat,
  "foreign-bird": foreignBird,
  hardships: hardshipsScenario,
  "old-hosts": oldHosts,
  "earlier-version": earlierVersion,
  "keepalived-loses": keepalivedLoses,
  retired: retiredScenario,
});

await import("../../../src/lab/guest.ts");
