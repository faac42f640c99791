/** Faults that are the user's, or the machine's: one clear line and the right status. "internal error" is for bugs. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const topology = join(repository, "examples/pi-lab/topology.json");

/** A file in a folder of its own; the folder. */
function folderWith(path: string, text: string): string {
  const folder = temporaryFolder();
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return folder;
}

function templates(text: string, name = "director/lvs_dr.sh.hbs"): string {
  return folderWith(name, text);
}

/** A topology of one director and one real server. */
function cluster(change: {
  readonly prefix?: number;
  readonly vip?: string;
  readonly servers?: readonly object[];
  readonly ssh?: object;
}): string {
  const { prefix = 24, vip = "10.0.0.3", servers = [], ssh } = change;
  const text = JSON.stringify({
    version: 1,
    name: "small",
    hosts: {
      lvs: { os: "debian-12", ...(ssh && { ssh }), interfaces: { eth0: `10.0.0.1/${prefix}` } },
      rs: { os: "debian-12", ...(ssh && { ssh }), interfaces: { eth0: `10.0.0.2/${prefix}` } },
    },
    directors: { hosts: ["lvs"] },
    virtualServices: [
      { name: "web", vip, interface: "eth0", port: 80, realServers: [{ host: "rs" }, ...servers] },
    ],
  });
  return join(folderWith("topology.json", text), "topology.json");
}

const elsewhere = () => cluster({ servers: [{ address: "192.0.2.7", forwarding: "tun" }] });

type Row = readonly [what: string, words: () => readonly string[], status: number, message: string | RegExp];

const rows: readonly Row[] = [
  ...["render", "lab", "deploy"].map(
    (command): Row => [
      `${command}: no folder of templates`,
      () => [command, topology, "--templates", "/no/such"],
      2,
      "cannot read the template folder /no/such: no such folder; use a folder with .hbs files",
    ],
  ),
  [
    "a template that is a folder",
    () => ["render", topology, "--stdout", "--templates", folderWith("director/lvs_dr.sh.hbs/x", "")],
    2,
    "lvs_dr.sh.hbs is not a regular file",
  ],
  ...["render", "lab"].map(
    (command): Row => [
      `${command}: a template that is cut off`,
      () => [command, topology, "--templates", templates("a\n\n{{#if x}}\n")],
      1,
      /^director\/lvs_dr\.sh\.hbs:4: .*'EOF'\n$/,
    ],
  ),
  [
    "a block that another one ends",
    () => ["render", topology, "--stdout", "--templates", templates("\n{{#if x}}\n{{/each}}\n")],
    1,
    "director/lvs_dr.sh.hbs:2: if doesn't match each",
  ],
  [
    "a sign that no template has",
    () => ["render", topology, "--stdout", "--templates", templates("a\n{{name^}}\n")],
    1,
    /^director\/lvs_dr\.sh\.hbs:2: .*\n$/,
  ],
  [
    "a value that is not there",
    () => ["render", topology, "--stdout", "--templates", templates("a\nb\n{{nope}}\n")],
    1,
    /^director\/lvs_dr\.sh\.hbs:3: undefined value nope: correct the name, or remove it\n$/,
  ],
  [
    "a value that is not there, in a part",
    () => ["render", topology, "--stdout", "--templates", templates("a\n{{nope}}\n", "script/header.sh.hbs")],
    1,
    /^script\/header\.sh\.hbs:2: undefined value nope: correct the name, or remove it\n$/,
  ],
  [
    "a helper that is not there",
    () => ["render", topology, "--stdout", "--templates", templates("a\n{{loud name}}\n")],
    1,
    /^director\/lvs_dr\.sh\.hbs:2: .*loud.*\n$/,
  ],
  [
    "a part that is not there",
    () => ["render", topology, "--stdout", "--templates", templates("a\n\n{{> nope}}\n")],
    1,
    "director/lvs_dr.sh.hbs:3: unknown template nope: use the name of a file in lvsgen's folder templates",
  ],
  [
    "a part with a misspelt name",
    () => ["render", topology, "--stdout", "--templates", templates("a\n\n{{> script/headr.sh}}\n")],
    1,
    "director/lvs_dr.sh.hbs:3: unknown template script/headr.sh: did you mean script/header.sh?",
  ],
  [
    "a value that is not escaped",
    () => ["render", topology, "--stdout", "--templates", templates("a\n{{{name}}}\n")],
    1,
    /^director\/lvs_dr\.sh\.hbs:2: .*unescaped.*\n$/,
  ],
  [
    "no folder of scripts",
    () => ["lab", topology, "--scripts", "/no/such"],
    2,
    "--scripts /no/such: no such folder",
  ],
  [
    "a folder without scripts",
    () => ["lab", topology, "--scripts", temporaryFolder()],
    2,
    /^lvsgen: the lab cannot be laid out: \S+ has no pi1\/lvs_dr\.sh\n$/,
  ],
  [
    "a lab with a server outside of every subnet",
    () => ["lab", elsewhere()],
    2,
    "the lab cannot be laid out: real server 192.0.2.7 is in no subnet of the topology",
  ],
  [
    "a lab without an address for a client",
    () => ["lab", cluster({ prefix: 30, vip: "10.1.1.1" })],
    2,
    "the lab cannot be laid out: 10.0.0.0/30 has no free address",
  ],
  [
    "a shellcheck that is not there",
    () => ["render", topology, "--out", join(temporaryFolder(), "out"), "--shellcheck", "/no/such"],
    2,
    "cannot run /no/such",
  ],
];

test.each(rows)("%s", (_what, words, status, message) => {
  const done = lvsgen(words());
  const last = done.stderr.trimEnd().split("\n").at(-1) ?? "";
  const isOther = (line: string) => /^(warning: )?LVS|^ {2}|error, |warning|^$/.test(line);
  expect(done.stderr.split("\n").filter((line) => line !== last && !isOther(line))).toEqual([]);
  expect({ status: done.status, stdout: done.stdout }).toEqual({ status, stdout: "" });
  if (typeof message === "string") expect(last).toContain(message);
  else expect(`${last}\n`).toMatch(message);
  expect(done.stderr).not.toContain("internal error");
});

describe("a temporary folder that cannot be used", () => {
  test.each([
    ["/no/such", "no such folder"],
    ["/dev/null", "a part of the path is a file"],
  ])("%s", (folder, reason) => {
    for (const words of [
      ["lab", topology],
      ["deploy", topology],
      ["status", topology],
    ]) {
      const { status, stdout, stderr } = lvsgen(words, { environment: { TMPDIR: folder } });
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^lvsgen: cannot make a temporary folder in .*\n$/m);
      expect(stderr).not.toContain("internal error");
      expect(stderr).toContain(`${folder}: ${reason}; set TMPDIR`);
    }
  });
});

/** Runs it with these ends of standard output and error. */
function redirected(
  words: string,
  redirection: string,
): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `"$0" "$1" ${words} ${redirection}`, process.execPath, cli],
    {
      cwd: repository,
      encoding: "utf8",
      input: "-A -t 192.168.1.200:80 -s rr\n-a -t 192.168.1.200:80 -r 192.168.1.107:80 -g\n",
    },
  );
  return { status, stderr };
}

const printing = [
  "--version",
  "--help",
  "render --help",
  "completion",
  "init -",
  "import -",
  `validate ${topology} --format json`,
  "validate --explain LVS101",
  `plan ${topology}`,
  `graph ${topology}`,
  `render ${topology} --stdout`,
  `diff ${topology} examples/ha-pair/topology.json`,
  "web --port 0",
];

describe.each(printing)("%s", (words) => {
  test("to a full standard output", () => {
    const { status, stderr } = redirected(words, ">/dev/full");
    const last = stderr.trimEnd().split("\n").at(-1);
    expect({ status, last }).toEqual({
      status: 2,
      last: "lvsgen: cannot write standard output: its file system is full",
    });
  });

  test("to a standard output that cannot be written", () => {
    const { status, stderr } = redirected(words, "1</dev/null");
    expect({ status, internal: stderr.includes("internal error") }).toEqual({ status: 2, internal: false });
    expect(stderr).toContain("lvsgen: cannot write standard output: it is not open for writing\n");
  });
});

test.each([">&-", "2>&-", ">&- 2>&-", "<&-"])("closed: %s", (redirection) => {
  expect(redirected(`plan examples/ha-pair/topology.json`, redirection)).toEqual({ status: 0, stderr: "" });
});

test("a full standard error does not change what is said by the status", () => {
  expect(redirected("validate test/fixtures/topology/faults/many.json", "2>/dev/full").status).toBe(1);
  expect(redirected("validate no-such-file", "2>/dev/full").status).toBe(2);
  expect(redirected("validate no-such-file", ">/dev/full 2>/dev/full").status).toBe(2);
});

test("a render that cannot print leaves nothing behind", () => {
  const folder = temporaryFolder();
  redirected(`render ${topology} --out ${join(folder, "out")} --diff`, ">/dev/full");
  expect(readdirSync(folder)).toEqual([]);
});

test("hosts that do not answer are unreachable", () => {
  const file = cluster({ ssh: { address: "127.0.0.1", port: 1 } });
  const { status, stdout, stderr } = lvsgen(["status", file, "--connect-timeout", "1"]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^lvs .* unreachable /m);
  expect(stderr).toMatch(/^2 of 2 hosts are unreachable$/m);
});
