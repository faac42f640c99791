/** Runs inside a kernel that has ip_vs: the netns backend, as on a Raspberry Pi. Writes its checks to a file. */

import { openSync, writeSync } from "node:fs";
import { proveCluster } from "../../src/lab/prove.ts";
import type { ScenarioName } from "../../src/lab/scenarios/names.ts";
import { SEED_CLUSTERS } from "./clusters.ts";

const [, , guest = "", scripts = "", events = "", scenarios = ""] = process.argv;
const out = openSync(events, "a");
// On a Raspberry Pi the kernel is everybody's: what the lab may do only in its own must not be done.
process.env.LVSGEN_LAB_OWN_KERNEL = "";

const report = await proveCluster(SEED_CLUSTERS["000"], scripts, {
  backend: "netns",
  interpreter: null,
  thorough: false,
  injections: [],
  shell: null,
  scenarios: scenarios.split(",") as ScenarioName[],
  guest,
  timeout: 560,
  kernels: 1,
  signal: new AbortController().signal,
  onEvent: (event) => {
    writeSync(out, `${JSON.stringify(event)}\n`);
  },
});
writeSync(out, `${JSON.stringify({ type: "finished", milliseconds: report.milliseconds })}\n`);
