/** The netns backend, in a kernel that has ip_vs and runs Node: a User-Mode Linux one. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { superviseRunner } from "../../src/lab/backends/supervise.ts";
import { kernelArguments } from "../../src/lab/backends/uml.ts";
import { initScript } from "../../src/lab/backends/uml-init.ts";
import { MODULES, umlCommand } from "../../src/lab/backends/uml-kernel.ts";
import type { CheckEvent } from "../../src/lab/events.ts";
import { DEFAULT_SCENARIOS, type ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease } from "../helpers/release.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { generatedScripts } from "./generated.ts";
import { guestBundle } from "./run.ts";

const SCENARIOS = beforeRelease<ScenarioName>(DEFAULT_SCENARIOS, ["balance", "idempotence", "restore"]);

test("the netns backend passes inside a kernel with ip_vs", {
  timeout: 1_500_000,
}, async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lvsgen-netns-")));
  try {
    const inside = join(folder, "inside.mjs");
    buildSync({
      entryPoints: [join(import.meta.dirname, "netns-inside.ts")],
      outfile: inside,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      // A package in it is CommonJS, and asks for Node's own modules by require.
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "error",
    });
    const scripts = generatedScripts(SEED_CLUSTERS["000"]);
    const command = [process.execPath, inside, guestBundle(), scripts, "/dev/ttyS0", SCENARIOS.join()];
    const init = join(folder, "init");
    writeFileSync(init, initScript({ command, modules: MODULES }), { mode: 0o755 });
    const checks: CheckEvent[] = [];
    const [program, ...args] = umlCommand(folder, kernelArguments(folder, init, false));
    await superviseRunner(
      program,
      args,
      {
        guest: "",
        timeout: 1400,
        signal: new AbortController().signal,
        interactive: false,
        keep: false,
        place: 0,
        onEvent: (event) => {
          if (event.type === "check") checks.push(event);
        },
      },
      folder,
    );
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(SCENARIOS));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
