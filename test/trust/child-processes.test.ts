/** lvsgen passes argument vectors: no text of a topology, a path or an option is ever read by a shell or as an option. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { destinationArguments } from "../../src/deploy/remote-command.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const sources = readdirSync(join(repository, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".generated.ts"))
  .map((name) => ({ name, text: readFileSync(join(repository, "src", name), "utf8") }));

/** Ways in which a program could read a text as its own code. A regular expression's exec is none. */
const dangerous: Readonly<Record<string, RegExp>> = {
  "a shell in between": /child_process[\s\S]*\bshell:|\bspawn\w*\([\s\S]*\bshell: true/,
  "a program and its arguments in one text":
    /(?<![.\w])(?:exec|execSync)\(|import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from "node:child_process"/,
  "code from a text": /\beval\(|new Function\(|\bnode:vm\b/,
  "all functions of the module":
    /import \* as .* from "node:child_process"|require\("(?:node:)?child_process"\)/,
};

function found(files: readonly { readonly name: string; readonly text: string }[]): string[] {
  return files.flatMap(({ name, text }) =>
    Object.entries(dangerous).flatMap(([what, form]) => (form.test(text) ? [`${name}: ${what}`] : [])),
  );
}

test("no source asks for a shell", () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(found(sources)).toEqual([]);
  const broken = [
    'spawn("ls", { shell: true })',
    "execSync(`ls ${path}`)",
    'import { exec } from "node:child_process"',
    "eval(text)",
    'import * as child from "node:child_process"',
  ];
  for (const text of broken) expect(found([{ name: "broken.ts", text }]), text).not.toEqual([]);
});

test("ssh's destination is never an option", () => {
  const base = (ssh: object) =>
    JSON.stringify({
      version: 1,
      name: "ssh",
      defaults: { os: "debian-12" },
      hosts: {
        dr: { interfaces: { eth0: "10.0.0.1/24" }, ssh },
        rs: { interfaces: { eth0: "10.0.0.2/24" } },
      },
      directors: { hosts: ["dr"] },
      virtualServices: [
        { name: "web", vip: "10.0.0.9", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] },
      ],
    });
  expect(checkTopology(base({ user: "pi" }), "a.json").cluster).not.toBeNull();
  for (const value of ["-oProxyCommand=id", "-l", "--", "a b", "$(id)", "a;id", "a@-oProxyCommand=id"]) {
    expect(checkTopology(base({ address: value }), "a.json").cluster, value).toBeNull();
    expect(checkTopology(base({ user: value }), "a.json").cluster, value).toBeNull();
  }
  expect(destinationArguments({ user: "pi", address: "10.0.0.1", port: 2222 })).toEqual([
    ...["-p", "2222", "-l", "pi", "--", "10.0.0.1"],
  ]);
});

test("paths of any name are paths: nothing runs, nothing is written elsewhere", () => {
  const folder = temporaryFolder();
  const text = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");
  for (const name of ["-oa $(touch hit)`touch hit`", "--out=b;touch hit;{{a}}", "a\nb'\" %sé"]) {
    const place = join(folder, "in", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "topology.json"), text);
    const args = ["render", join(place, "topology.json"), "--out", join(place, "out"), "--no-lint"];
    expect(lvsgen(args, { cwd: folder }).status, name).toBe(0);
    expect(lvsgen(args, { cwd: folder }).status, name).toBe(0);
    expect(existsSync(join(place, "out/pi1/lvs_dr.sh")), name).toBe(true);
  }
  expect(readdirSync(folder)).toEqual(["in"]);
});

test.each([
  ["runs code by a prototype", "{{constructor.constructor 'return process' }}"],
  ["reads a file", "{{> (lookup . 'x') }}"],
  ["prints a value raw", "HOST={{{host}}}"],
  ["includes what is not there", "{{> ../../../etc/passwd}}"],
])("a template overlay that %s is refused, and nothing is written", (_, template) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "templates/script"), { recursive: true });
  writeFileSync(join(folder, "templates/script/header.sh.hbs"), template);
  const topology = join(repository, "examples/pi-lab/topology.json");
  const out = join(folder, "out");
  const { status, stderr } = lvsgen([
    "render",
    topology,
    "--out",
    out,
    "--templates",
    join(folder, "templates"),
  ]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^(?:script\/header|director\/lvs_dr)\.sh(?:\.hbs(?::\d+)?)?: /m);
  expect(existsSync(out)).toBe(false);
});

test.each(["../../victim.hbs", "nothing.hbs"])("an overlay's file %s replaces no template", (name) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "a/templates"), { recursive: true });
  writeFileSync(join(folder, "a/templates", name), "x");
  const topology = join(repository, "examples/pi-lab/topology.json");
  const result = lvsgen(["render", topology, "--stdout", "--templates", join(folder, "a/templates")]);
  expect(result.status).toBe(2);
});

test("a host whose name is also a folder of the output is refused", () => {
  const topology = (name: string) =>
    JSON.stringify({
      version: 1,
      name: "names",
      defaults: { os: "debian-12" },
      hosts: { [name]: { interfaces: { eth0: "10.0.0.1/24" } }, rs: { interfaces: { eth0: "10.0.0.2/24" } } },
      directors: { hosts: [name] },
      virtualServices: [
        { name: "web", vip: "10.0.0.9", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] },
      ],
    });
  // Names have no capitals, so that no two hosts are one folder where a file system tells none.
  for (const name of ["ansible", "Rs", "RS", "manifest.json", "..", ".", "a/b", "-a"])
    expect(checkTopology(topology(name), "a.json").cluster, name).toBeNull();
});
