/** The examples that keepalived runs, with real keepalived processes. */

import { SCENARIOS_OF } from "../../../src/lab/scenarios/names.ts";
import { examplesHold } from "./hold.ts";

const { keepalived } = SCENARIOS_OF;

examplesHold(["ha-pair"], null, keepalived);

// The script is ha-pair's: what it survives there it survives here.
examplesHold(
  ["nat-keepalived"],
  null,
  keepalived.filter((scenario) => scenario !== "crash"),
);
