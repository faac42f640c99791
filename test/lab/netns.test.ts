/** The netns backend, in a kernel that has ip_vs and runs Node: a User-Mode Linux one. */

import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { lackOf } from "../../src/lab/backends/rootless/rootless.ts";
import { superviseRunner } from "../../src/lab/backends/supervise.ts";
import { kernelArguments } from "../../src/lab/backends/uml.ts";
import { initScript } from "../../src/lab/backends/uml-init.ts";
import { MODULES, umlCommand } from "../../src/lab/backends/uml-kernel.ts";
import { labSpec } from "../../src/lab/build-spec.ts";
import type { CheckEvent, OmissionEvent } from "../../src/lab/events.ts";
import { DEFAULT_SCENARIOS, type ScenarioName } from "../../src/lab/scenarios/names.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf, renderTo } from "./own/run-own.ts";
import { guestBundle } from "./run.ts";

const SCENARIOS = beforeRelease<ScenarioName>(DEFAULT_SCENARIOS, ["balance", "idempotence", "restore"]);
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
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
  const { checks, omissions } = await runInside(ROOTLESS, NOBODY);
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(checks.map(({ name }) => name)).toContain("missing right (not root): exits 4");
  // Linux 6.1 shows a user namespace none of them.
  expect(omissions.filter(({ scenario }) => scenario === "sysctls").map(({ name }) => name)).toEqual([
    "net.ipv4.vs.expire_nodest_conn takes effect",
    "net.ipv4.vs.expire_quiescent_template takes effect",
  ]);
});

releaseTest(
  "where ordinary users have no namespaces, one line says what allows them",
  {
    timeout: 300_000,
  },
  async () => {
    const close = ["sh", "-c", 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"', "sh"];
    await expect(runInside(["balance"], [...close, ...NOBODY])).rejects.toThrow(
      "netns: user.max_user_namespaces keeps ordinary users from namespaces: sudo sysctl -w user.max_user_namespaces=15000",
    );
  },
);

/** Services of a cluster that differ in what they ask of the kernel. */
const asked = (service: object, engine = "ipvsadm") => ({
  version: 1,
  name: "asked",
  defaults: { os: "debian-12" },
  hosts: {
    d: { interfaces: { eth0: ["10.0.0.1/24", "fd00::1/64"] } },
    r: { interfaces: { eth0: ["10.0.0.2/24", "fd00::2/64"] } },
  },
  directors: { hosts: ["d"], engine },
  virtualServices: [
    {
      name: "web",
      vip: "10.0.0.9",
      port: 80,
      protocol: "udp",
      scheduler: "rr",
      realServers: ["r"],
      ...service,
    },
  ],
});

test.each([
  [asked({}), null, null],
  [asked({ forwarding: "tun" }), null, null],
  [asked({ vip: "fd00::9" }), /IPv6/, null],
  [asked({ persistence: { engine: "sip" } }), /persistence engines/, null],
  [asked({ forwarding: "tun", realServers: [{ host: "r", tunnel: { type: "gre" } }] }), /gre tunnels/, null],
  [asked({}, "keepalived"), /keepalived/, null],
  [asked({ forwarding: "nat", nat: { returnPath: "masquerade" } }), /conntrack/, /conntrack/],
])(
  "without root: what the kernel's user namespaces lack for a cluster (%#)",
  (topology, withSockets, withNetlink) => {
    const folder = renderTo(temporaryFolder(), topology);
    const { services, engine, hosts } = labSpec(clusterOf(topology), folder, {
      interpreter: null,
      injections: [],
      shell: null,
    });
    const lacks = (hasNetlink: boolean, sysctls: string[]) =>
      lackOf({ services, engine, hosts }, { hasNetlink, sysctls: new Set(sysctls) });
    expect(lacks(true, ["conntrack"])).toBeNull();
    for (const [words, found] of [
      [withSockets, lacks(false, [])],
      [withNetlink, lacks(true, [])],
    ] as const)
      if (words === null) expect(found).toBeNull();
      else expect(found).toMatch(words);
  },
);

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
        },
      },
      folder,
    );
    return { checks, omissions };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
