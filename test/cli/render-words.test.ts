/** What render says: which files changed and what comes next, whose output it is, what was edited by hand. */

import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { expectReport } from "../helpers/report.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

interface Editable {
  name: string;
  hosts: Record<string, object>;
  virtualServices: { scheduler: string; realServers: { host: string }[] }[];
}

let folder = "";
let out = "";
let file = "";

beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, "out");
  file = edit(() => {});
});

/** pi-lab, changed; each call replaces the file. */
function edit(change: (topology: Editable) => void): string {
  const topology = JSON.parse(readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8"));
  change(topology);
  const path = join(folder, "pi lab.json");
  writeFileSync(path, JSON.stringify(topology));
  return path;
}

function withoutPi3(topology: Editable): void {
  delete topology.hosts.pi3;
  for (const service of topology.virtualServices)
    service.realServers = service.realServers.filter(({ host }) => host !== "pi3");
}

function otherScheduler({ virtualServices: [web] }: Editable): void {
  if (web) web.scheduler = "wrr";
}

const render = (...words: string[]) => lvsgen(["render", file, "--out", out, "--no-lint", ...words]);

test("names the files by host, and the next step", () => {
  const { status, stderr } = render();
  expect(status).toBe(0);
  expect(stderr).toContain("\n  created pi1: lvs_dr.service, lvs_dr.sh, setup.sh\n");
  expect(stderr).toMatch(/\n {2}created ansible: \d+ files\n/);
  expect(stderr).toMatch(
    new RegExp(`\\nnext: lvsgen deploy '${file}' --from ${out}, or copy a host's folder .*\\n$`),
  );
  edit(otherScheduler);
  const again = render();
  expect(again.stderr).toContain(": 0 created, ");
  expect(again.stderr).toContain("\n  updated pi1: lvs_dr.sh\n");
  expect(again.stderr).not.toContain("pi2");
  // Nothing to do after nothing.
  expect(render().stderr).not.toContain("next:");
});

test("the next step repeats --templates", () => {
  const templates = join(folder, "templates");
  // A template of one's own that changes nothing.
  const name = "service/init.sh.hbs";
  const own = readFileSync(join(repository, "templates", name), "utf8");
  writeTemplate(templates, name, own);
  expect(render("--templates", templates).stderr).toContain(`--from ${out} --templates ${templates},`);
});

function writeTemplate(templates: string, name: string, text: string): void {
  const path = join(templates, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test("of many hosts it names some, and counts the others", () => {
  edit((topology) => {
    for (let index = 10; index < 60; index++) {
      topology.hosts[`web${index}`] = { os: "debian-12", interfaces: { eth0: `192.168.1.${index}/24` } };
      topology.virtualServices[0]?.realServers.push({ host: `web${index}` });
    }
  });
  const lines = render().stderr.split("\n");
  expect(lines.filter((line) => /^ {2}(created|updated|removed) /.test(line))).toHaveLength(20);
  expect(lines.filter((line) => /^ {2}and \d{2,} more files$/.test(line))).toHaveLength(1);
  expect(lines.length).toBeLessThan(40);
});

test("a host that left still has to be uninstalled, and how", () => {
  render();
  edit(withoutPi3);
  const { status, stderr } = render();
  expect(status).toBe(0);
  expect(stderr).toMatch(/\n {2}removed pi3: lvs_rs\.init, lvs_rs\.sh, setup\.sh\n/);
  expect(stderr).toContain("pi3 is no longer part of the cluster, but keeps what was installed there");
  expect(stderr).toContain("lvsgen retire HOST");
  expect(existsSync(join(out, "pi3"))).toBe(false);
});

test("a host that left is in the report, too", () => {
  render();
  edit(withoutPi3);
  const { stdout } = render("--format", "json");
  expect(expectReport("render", stdout)).toMatchObject({ removedHosts: ["pi3"] });
});

test("another cluster's output is not replaced without --force; both are named", () => {
  render();
  const before = readTree(out);
  edit((topology) => {
    topology.name = "shop";
  });
  const { status, stderr } = render();
  expect(status).toBe(1);
  expect(stderr).toContain(`${out} has the output of the cluster "pi-lab", and ${file} is "shop"`);
  expect(stderr).toContain("--force");
  expect(readTree(out)).toEqual(before);
  const report = expectReport("render", render("--format", "json").stdout);
  expect(report).toMatchObject({ created: [], conflicts: [{ path: "manifest.json" }] });
  const check = render("--check");
  expect(check.status).toBe(1);
  expect(check.stderr).toContain('the output of the cluster "pi-lab"');
  const forced = render("--force");
  expect(forced.status).toBe(0);
  expect(forced.stderr).toContain('replaced the output of the cluster "pi-lab"');
  expect(JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))).toMatchObject({ cluster: "shop" });
});

test("a manifest of 0.1.0 has no cluster's name: the scripts have it", () => {
  render();
  const manifest = join(out, "manifest.json");
  const { cluster: _, ...old } = JSON.parse(readFileSync(manifest, "utf8"));
  writeFileSync(manifest, `${JSON.stringify(old, null, 2)}\n`);
  edit((topology) => {
    topology.name = "shop";
  });
  expect(render().stderr).toContain('the output of the cluster "pi-lab"');
  edit(() => {});
  expect(render().status).toBe(0);
});

test("--diff writes nothing; with --write it does", () => {
  render();
  const before = readTree(out);
  edit(otherScheduler);
  const { status, stdout, stderr } = render("--diff");
  expect(status).toBe(0);
  expect(stdout).toContain("+++ b/pi1/lvs_dr.sh");
  expect(stderr).toContain("nothing written: --diff shows only; --diff --write writes, too");
  expect(readTree(out)).toEqual(before);
  const both = render("--diff", "--write");
  expect(both.status).toBe(0);
  expect(both.stdout).toBe(stdout);
  expect(render("--check").status).toBe(0);
});

test("--diff into a folder that is not there makes none", () => {
  expect(render("--diff").status).toBe(0);
  expect(existsSync(out)).toBe(false);
});

test("--diff says what a render would refuse", () => {
  render();
  appendFileSync(join(out, "pi1/lvs_dr.sh"), "# by hand\n");
  const { status, stdout, stderr } = render("--diff");
  expect(status).toBe(0);
  expect(stdout).toContain("-# by hand");
  expect(stderr).toContain("pi1/lvs_dr.sh was edited by hand");
});

test.each([
  ["--check", "--write"],
  ["--stdout", "--write"],
])("%s and %s exclude each other", (...words) => {
  expect(render(...words)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("exclude each other"),
  });
});

test("--check tells edits by hand from a stale output", () => {
  render();
  appendFileSync(join(out, "pi1/lvs_dr.sh"), "# by hand\n");
  chmodSync(join(out, "pi2/lvs_rs.sh"), 0o644);
  rmSync(join(out, "pi3/setup.sh"));
  const { status, stderr } = render("--check");
  expect(status).toBe(1);
  expect(stderr).toContain(`${out} was changed by hand since the last render`);
  expect(stderr).toContain("  edited pi1/lvs_dr.sh\n");
  expect(stderr).toContain("  edited pi2/lvs_rs.sh\n");
  expect(stderr).toContain("  deleted pi3/setup.sh\n");
  expect(stderr).not.toContain("stale");
  expect(stderr).toContain(`lvsgen render '${file}' --out ${out} --no-lint --force`);
  const report = expectReport("render-check", render("--check", "--format", "json").stdout);
  expect(report).toMatchObject({
    fresh: false,
    stale: [
      { path: "pi1/lvs_dr.sh", change: "update", byHand: true },
      { path: "pi2/lvs_rs.sh", change: "update", byHand: true },
      { path: "pi3/setup.sh", change: "create", byHand: true },
    ],
  });
});

test("--check of a stale output with an edit names both, and what a render needs", () => {
  render();
  appendFileSync(join(out, "pi2/lvs_rs.sh"), "# by hand\n");
  edit(otherScheduler);
  const { stderr } = render("--check");
  expect(stderr).toContain(`${out} is stale`);
  expect(stderr).toContain("  update pi1/lvs_dr.sh\n");
  expect(stderr).toContain("  update pi2/lvs_rs.sh (edited by hand)\n");
  expect(stderr).toContain("--force");
});

test("the advice of --check repeats the options", () => {
  render();
  edit(otherScheduler);
  const { stderr } = render("--check", "--host", "pi1", "--host", "pi2");
  expect(stderr).toContain(`lvsgen render '${file}' --out ${out} --host pi1 --host pi2 --no-lint`);
});

test("--check with a templates' folder says so in its advice", () => {
  const templates = join(folder, "templates");
  writeTemplate(templates, "service/init.sh.hbs", "#!/bin/sh\n# own\n");
  render();
  const { status, stderr } = render("--check", "--templates", templates);
  expect(status).toBe(1);
  expect(stderr).toContain(`--templates ${templates}`);
});
