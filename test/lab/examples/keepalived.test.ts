/** The examples that keepalived runs, with real keepalived processes. */

import { SCENARIOS_OF } from "../../../src/lab/scenarios/names.ts";
import { beforeRelease } from "../../helpers/release.ts";
import { examplesHold } from "./hold.ts";

const { keepalived } = SCENARIOS_OF;

examplesHold(["ha-pair"], null, beforeRelease(keepalived, ["balance", "restore", "failover"]));

// The script is ha-pair's: what it survives there it survives here.
examplesHold(
  beforeRelease(["nat-keepalived"], []),
  null,
  keepalived.filter((scenario) => scenario !== "crash"),
);
