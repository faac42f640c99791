/** What a scenario is. */

import type { Lab } from "../guest/lab.ts";
import type { ScenarioTask } from "../spec.ts";

export interface Scenario {
  /** What it proves, for `--help` and reports. */
  readonly title: string;
  /** Begins with hosts no script has run on; need not clean up. */
  readonly run: (lab: Lab, task: ScenarioTask) => Promise<void>;
}
