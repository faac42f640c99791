/** The examples that keepalived runs, with real keepalived processes. */

import { SCENARIOS_OF } from "../../../src/lab/scenarios/names.ts";
import { examplesHold, withKeepalived } from "./hold.ts";

examplesHold(withKeepalived, null, SCENARIOS_OF.keepalived);
