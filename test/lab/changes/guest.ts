/** The lab's runner with one scenario more: topologies that change under a running cluster. */

import { SCENARIOS } from "../../../src/lab/scenarios/registry.ts";
import { changes } from "./scenario.ts";

SCENARIOS.changes = changes;

await import("../../../src/lab/guest.ts");
