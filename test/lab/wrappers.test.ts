/** Stand-ins for programs, and the drained script: what needs no kernel. */

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { labSpec } from "../../src/lab/build-spec.ts";
import { Gate } from "../../src/lab/guest/gate.ts";
import { pausingAlways, tracer, unbounded } from "../../src/lab/guest/wrappers.ts";
import { drainedScript } from "../../src/lab/scenarios/drained-script.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { clusterOf } from "./own/run-own.ts";

test("the tracer notes a line a call, also of a program text of many lines", () => {
  const folder = temporaryFolder();
  const log = join(folder, "calls");
  const awk = join(folder, "awk");
  writeFileSync(awk, tracer("awk", log)("/usr/bin/awk"));
  chmodSync(awk, 0o755);
  const out = execFileSync(awk, ["BEGIN {\n  print 1\n}\n"], { encoding: "utf8" });
  execFileSync(awk, ["BEGIN { exit }"]);
  expect(out).toBe("1\n");
  expect(readFileSync(log, "utf8")).toBe("awk BEGIN {\nawk BEGIN { exit }\n");
});

test.each([
  ["0.01", "sh", "-c"],
  ["-s", "INT", "0.01", "sh", "-c"],
  ["-k", "1", "--signal=KILL", "0.01", "sh", "-c"],
])("a timeout without its limit lets %j go on", (...words) => {
  const timeout = join(temporaryFolder(), "timeout");
  writeFileSync(timeout, unbounded(), { mode: 0o755 });
  const run = (program: string, seconds: number) =>
    spawnSync(program, [...words, `sleep ${seconds}; echo "$1 and $2"`, "sh", "one", "two"], {
      encoding: "utf8",
    });
  expect(run("timeout", 60).stdout).toBe("");
  expect(run(timeout, 0.1).stdout).toBe("one and two\n");
});

const topology = (weight: number) => ({
  version: 1,
  name: "drained",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.7.0.1/24" } },
    rs: { interfaces: { eth0: "10.7.0.11/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    {
      name: "web",
      vip: "10.7.0.200",
      port: 80,
      scheduler: "wrr",
      realServers: [
        { host: "rs", weight },
        { address: "10.7.0.99", weight: 3 },
      ],
    },
  ],
});

const director = (weight: number) =>
  renderCluster(clusterOf(topology(weight)), templates).find(({ path }) => path === "dr/lvs_dr.sh")?.text ??
  "";

/** The header draws the cluster, weights and all, and has the plan's digest. */
const program = (text: string | null) => text?.replace(/^(?:#|PLAN=).*\n/gm, "");

test("the drained script does what the one of weight 0 does", () => {
  const options = { interpreter: null, injections: [], shell: null };
  const [service] = labSpec(clusterOf(topology(5)), "/", options).services;
  const [server] = service?.servers ?? [];
  if (!service || !server) throw new Error("no service");
  expect(director(5)).toContain("-r 10.7.0.11:80 -g -w 5");
  expect(program(drainedScript(director(5), service, server))).toBe(program(director(0)));
  expect(drainedScript("ipvsadm -a something else", service, server)).toBeNull();
});

test("a daemon's program that comes after the gate is closed goes on, and leaves no file for the next one", async () => {
  const work = temporaryFolder();
  const gate = new Gate(join(work, "gate"), async () => {});
  const late = pausingAlways("true", gate.path)("/bin/true");
  await gate.close();
  expect(spawnSync("sh", ["-c", late]).status).toBe(0);
  expect(readdirSync(work)).toEqual([]);
});
