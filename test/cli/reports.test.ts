/** What commands print with `--format json` is what schemas/reports says; deploy's and the lab's are also looked at there. */

import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Reports, reportVersion } from "../../src/commands/reports.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { expectReport } from "../helpers/report.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const out = join(folder, "out");
const example = (name: string): string => `examples/${name}/topology.json`;

/** Its services are of a protocol that nobody can ask: nothing is sent. */
const unasked = join(folder, "unasked.json");
writeFileSync(
  unasked,
  JSON.stringify({
    version: 1,
    name: "unasked",
    defaults: { os: "debian-12" },
    hosts: { lvs: { interfaces: { eth0: "10.0.0.1/24" } }, rs: { interfaces: { eth0: "10.0.0.2/24" } } },
    directors: { hosts: ["lvs"] },
    virtualServices: [
      { name: "dns", vip: "10.0.0.9", port: 53, protocol: "udp", realServers: [{ host: "rs" }] },
    ],
  }),
);
const wrong = join(folder, "wrong.json");
writeFileSync(wrong, readFileSync(unasked, "utf8").replace('"rs"}', '"nobody"}'));
const script = join(folder, "loose.sh");
writeFileSync(script, "#!/bin/sh\necho $1\n");

/** An ssh that reaches nobody. */
mkdirSync(join(folder, "bin"));
writeFileSync(join(folder, "bin/ssh"), "#!/bin/sh\nexit 255\n", { mode: 0o755 });
const path = `${join(folder, "bin")}:${process.env.PATH}`;

type Run = [report: keyof Reports, status: number, words: readonly string[]];

const runs: readonly Run[] = [
  ["validate", 0, ["validate", example("pi-lab")]],
  ["validate", 1, ["validate", wrong]],
  ["validate", 1, ["plan", wrong]],
  ["validations", 0, ["validate", example("pi-lab"), example("ha-pair")]],
  ["validations", 1, ["validate", example("pi-lab"), wrong]],
  ["explanation", 0, ["validate", "--explain", "LVS157"]],
  ["explanations", 0, ["validate", "--explain", "list"]],
  ...readdirSync(join(repository, "examples")).map((name): Run => ["plan", 0, ["plan", example(name)]]),
  ["render", 0, ["render", example("pi-lab"), "--out", out, "--no-lint"]],
  ["render-check", 0, ["render", example("pi-lab"), "--out", out, "--check"]],
  ["render-check", 1, ["render", example("three-nodes"), "--out", out, "--check"]],
  ["diff", 1, ["diff", example("pi-lab"), example("three-nodes")]],
  ["diff", 0, ["diff", example("pi-lab"), example("pi-lab")]],
  ["lint", 0, ["lint", "out/pi1"]],
  ["lint", 1, ["lint", script]],
  ["import", 0, ["import", "test/fixtures/import/office.conf"]],
  ["deploy", 1, ["deploy", example("ha-pair"), "--dry-run"]],
  ["status", 1, ["status", example("ha-pair")]],
  ["verify", 0, ["verify", unasked]],
  ["drain", 1, ["drain", example("ha-pair"), "pi5", "--yes"]],
  ["undrain", 1, ["undrain", example("ha-pair"), "pi5"]],
  ["roll", 1, ["roll", example("ha-pair"), "--each", "true", "--yes"]],
  ["retire", 1, ["retire", "web9", "--yes"]],
  ["undeploy", 1, ["undeploy", example("ha-pair"), "--yes"]],
];

test.each(runs)("%s: exit status %i of %j", (name, status, words) => {
  const run = lvsgen([...words, "--format", "json"], { environment: { PATH: path } });
  expect(run).toMatchObject({ status });
  expect(expectReport(name, run.stdout)).toMatchObject({ version: reportVersion });
});

test("what is in the way of a render is in its report, and nothing was written", () => {
  const file = join(out, "pi1/lvs_dr.sh");
  appendFileSync(file, "# by hand\n");
  const { status, stdout } = lvsgen(["render", example("three-nodes"), "--out", out, "--format", "json"]);
  expect(status).toBe(1);
  expect(expectReport("render", stdout)).toMatchObject({
    updated: [],
    conflicts: [
      { path: "manifest.json", reason: "is of the cluster pi-lab, not of three-nodes" },
      { path: "pi1/lvs_dr.sh", reason: expect.stringContaining("edited") },
    ],
  });
  expect(readFileSync(file, "utf8")).toContain("# by hand");
});

test("every report is looked at", () => {
  const looked = new Set(runs.map(([name]) => `${name}.schema.json`));
  // The lab takes a kernel: test/lab/examples.
  expect([...looked, "lab.schema.json"].sort()).toEqual(
    readdirSync(join(repository, "schemas/reports")).sort(),
  );
});

test("a property that the schema does not have is seen", () => {
  const { stdout } = lvsgen(["validate", example("pi-lab"), "--format", "json"]);
  const more = JSON.stringify({ ...JSON.parse(stdout), more: 1 });
  expect(() => expectReport("validate", more)).toThrow(/must NOT have additional properties/);
});
