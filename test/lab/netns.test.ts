/** The netns backend, in a kernel that has ip_vs and runs Node: a User-Mode Linux one. */

import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { superviseRunner } from "../../src/lab/backends/supervise.ts";
import { kernelArguments } from "../../src/lab/backends/uml.ts";
import { initScript } from "../../src/lab/backends/uml-init.ts";
import { MODULES, umlCommand } from "../../src/lab/backends/uml-kernel.ts";
import type { CheckEvent, OmissionEvent } from "../../src/lab/events.ts";
import { DEFAULT_SCENARIOS, type ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease } from "../helpers/release.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { generatedScripts } from "./generated.ts";
import { guestBundle } from "./run.ts";

const SCENARIOS = beforeRelease<ScenarioName>(DEFAULT_SCENARIOS, ["balance", "idempotence", "restore"]);
const ROOTLESS = beforeRelease<ScenarioName>(DEFAULT_SCENARIOS, ["balance", "arp", "missing"]);

test("the netns backend passes inside a kernel with ip_vs", { timeout: 1_500_000 }, async () => {
  const { checks, omissions } = await runInside(SCENARIOS, []);
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(new Set(checks.map(({ scenario }) => scenario))).toEqual(new Set(SCENARIOS));
  expect(omissions.filter(({ scenario }) => scenario === "sysctls")).toEqual([]);
});

test("without root, it passes as well, and counts what the kernel leaves to root as not tried", {
  timeout: 1_500_000,
}, async () => {
  const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
  const { checks, omissions } = await runInside(ROOTLESS, nobody);
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(checks.map(({ name }) => name)).toContain("missing right (not root): exits 4");
  // Linux 6.1 shows a user namespace none of them.
  expect(omissions.filter(({ scenario }) => scenario === "sysctls").map(({ name }) => name)).toEqual([
    "net.ipv4.vs.expire_nodest_conn takes effect",
    "net.ipv4.vs.expire_quiescent_template takes effect",
  ]);
});

/** @param as command before the one that runs the lab */
async function runInside(scenarios: readonly ScenarioName[], as: readonly string[]) {
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
    // Not only root reads what it runs, and writes its events.
    for (const path of [folder, scripts, dirname(guestBundle())]) chmodSync(path, 0o755);
    const lab = [...as, process.execPath, inside, guestBundle(), scripts, "/dev/ttyS0", scenarios.join()];
    const command = ["sh", "-c", 'chmod 666 /dev/ttyS0; exec "$@"', "sh", ...lab];
    const init = join(folder, "init");
    writeFileSync(init, initScript({ command, modules: MODULES }), { mode: 0o755 });
    const checks: CheckEvent[] = [];
    const omissions: OmissionEvent[] = [];
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
          if (event.type === "not-tried") omissions.push(event);
          if (process.env.G) console.log(JSON.stringify(event).slice(0, 1000));
        },
      },
      folder,
    );
    return { checks, omissions };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
