/** Words of the command line that are wrong, and what is answered without a command. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/commands/commands.ts";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

test.each([
  [["valdate", "x"], 'unknown command "valdate": did you mean "validate"? (see \'lvsgen --help\')'],
  [
    ["validate"],
    "missing argument [files..]: a topology, or use --explain with a code (see 'lvsgen validate --help')",
  ],
  [["render"], "missing argument <file>: Topology, .json or .yaml (see 'lvsgen render --help')"],
  [["diff", "x"], "missing argument <new>: New topology (see 'lvsgen diff --help')"],
  [
    ["validate", "x", "--fomat", "json"],
    "unknown option --fomat: did you mean --format? (see 'lvsgen validate --help')",
  ],
  [["plan", "x", "y"], "unexpected argument \"y\" (see 'lvsgen plan --help')"],
  [["validate", "x", "--nope"], "unknown option --nope (see 'lvsgen validate --help')"],
  [
    ["render", "x", "--file", "y"],
    "unknown option --file: write file without --file (see 'lvsgen render --help')",
  ],
  [
    ["validate", "x", "--format", "xml"],
    "invalid --format \"xml\": choose one of: text, json (see 'lvsgen validate --help')",
  ],
  [["graph", "x", "--format", "text"], '--format "text": choose one of: mermaid, dot, svg'],
  [
    ["render", "x", "--diff", "--format", "json"],
    "--format json and --diff exclude each other: json is one report",
  ],
  [["graph", "x", "--format", "json"], '--format "json": choose one of: mermaid, dot, svg'],
  [["render", "x", "--out"], "--out needs a value (see 'lvsgen render --help')"],
  [["render", "x", "--no-out"], "unknown option --no-out: --out takes a value (see 'lvsgen render --help')"],
  [["render", "x", "--out.x", "y"], "unknown option --out.x"],
  [["render", "x", "--check=maybe"], "--check takes no value"],
  [["--nope"], "--nope needs a command (see 'lvsgen --help')"],
  [["-x", "validate", "y"], "unknown option -x (see 'lvsgen validate --help')"],
  [["validate", ""], "an argument is empty"],
  [["validate", "--explain="], "--explain is empty"],
  [["validate", "x", "--explain", "LVS112"], "--explain reads no topology: give either a file or --explain"],
  [["validate", "--explain"], "--explain needs a value"],
  [["validate", "--explain", "LVS112", "--explain", "LVS113"], "--explain is given twice"],
  [["validate", "--explain", "LVS13"], 'unknown code "LVS13": did you mean "LVS'],
  [["validate", "--explain", "lits"], 'did you mean "list"?'],
  [["validate", "--explain", "everything"], "'lvsgen validate --explain list' shows all"],
  [["validate", "-5"], "cannot read -5: no such file"],
  [
    ["lab", "x", "--kernels", "0"],
    "invalid --kernels \"0\": use a whole number from 1 to 64 (see 'lvsgen lab --help')",
  ],
  [["lab", "x", "--kernels", "1.5"], 'invalid --kernels "1.5": use a whole number from 1 to 64'],
  [["lab", "x", "--kernels", "0x2"], 'invalid --kernels "0x2": use a whole number from 1 to 64'],
  [["lab", "x", "--timeout", "abc"], 'invalid --timeout "abc": use a number from 0.001 to 604800'],
  [["lab", "x", "--timeout", "-5"], 'invalid --timeout "-5": use a number from 0.001 to 604800'],
  [["verify", "x", "--requests", "-1"], 'invalid --requests "-1": use a whole number from 1 to 100000'],
  [["verify", "x", "--timeout", "Infinity"], 'invalid --timeout "Infinity": use a number from 0.001 to 3600'],
  [["deploy", "x", "--try", "4"], 'invalid --try "4": use a whole number from 5 to 86400'],
  [["status", "x", "--parallel", "1e3"], 'invalid --parallel "1e3": use a whole number from 1 to 1000'],
  [["web", "--port", "65536"], 'invalid --port "65536": use a whole number from 0 to 65535'],
  [["diff", "-", "-"], "standard input (-) can be one file only: use a file name for the other"],
  [
    ["import", "-", "--addresses", "-"],
    "standard input (-) can be one file only: use a file name for the other",
  ],
  [
    ["deploy", "-", "--sudo-password-file", "-"],
    "standard input (-) can be one file only: use a file name for the other",
  ],
  [
    ["lab", "test/fixtures/lab/script-check.json", "--scripts", "out"],
    "health checks run /usr/local/bin/check-web",
  ],
  [
    ["lab", "examples/ha-pair/topology.json", "--scenario", "arp"],
    "the scenario arp does not support the engine keepalived",
  ],
])("%j: one line, exit status 2", (words, message) => {
  const { status, stdout, stderr } = lvsgen(words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^lvsgen: .*\n$/);
  expect(stderr).not.toContain("internal error");
});

test.each([[["--version"]], [["-v"]], [["validate", "--version"]], [["render", "-v", "x"]]])(
  "%j",
  (words) => {
    expect(lvsgen(words)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  },
);

test.each([[["--help"]], [["init", "--help"]], [["validate", "--help"]], [["render", "--help"]]])(
  "%j fits 80 columns",
  (words) => {
    const { status, stdout, stderr } = lvsgen(words);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain("lvsgen");
  },
);

test.each([[[]], [["-h"]], [["--help"]]])("%j: all commands", (words) => {
  const { status, stdout, stderr } = lvsgen(words);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("Commands:\n  lvsgen init [file]");
});

test("each command's help has a table of what it takes, and no word sticks to another", () => {
  for (const { name } of commands) {
    const { status, stdout } = lvsgen([name, "-h"]);
    expect(status, name).toBe(0);
    expect(stdout, name).toMatch(/\nOptions:\n {2}-/);
    for (const line of stdout.split("\n")) expect(line).toMatch(/^(|\S.*| {2}\S.*| {4,}\S.*)$/);
  }
});

test("a command is shown as what it takes", async () => {
  for (const { command, name, load } of commands) {
    const { positionals } = await load();
    const words = Object.entries(positionals).map(([key, argument]) => {
      const form = argument.kind === "list" ? `${key}..` : key;
      return "required" in argument && argument.required ? `<${form}>` : `[${form}]`;
    });
    expect([name, ...words].join(" ")).toBe(command);
  }
});

describe("- is standard input or output", () => {
  const topology = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");
  const table = "-A -t 192.168.1.200:80 -s rr\n-a -t 192.168.1.200:80 -r 192.168.1.107:80 -g -w 1\n";

  test("init prints", () => {
    const { status, stdout, stderr } = lvsgen(["init", "-", "--preset", "nat"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lvsgen(["validate", "-"], { input: stdout }).status).toBe(0);
  });

  test.each([
    ["validate", "-"],
    ["plan", "-"],
    ["graph", "-", "--format", "svg"],
    ["render", "-", "--stdout"],
    ["diff", "examples/pi-lab/topology.json", "-"],
    ["diff", "-", "examples/pi-lab/topology.json"],
  ])("%s %s %s", (...words) => {
    expect(
      lvsgen(
        words.filter((word) => word !== undefined),
        { input: topology },
      ),
    ).toMatchObject({ status: 0 });
  });

  test("import, and its further texts", () => {
    expect(lvsgen(["import", "-"], { input: table }).stdout).toContain("virtualServices");
    const file = join(temporaryFolder(), "table");
    writeFileSync(file, table);
    const timeouts = ["import", file, "--timeouts", "-"];
    const { stdout } = lvsgen(timeouts, { input: "Timeout (tcp tcpfin udp): 901 121 301\n" });
    expect(stdout).toMatch(/^timeouts:\n {2}tcp: 901\n {2}tcpFin: 121\n {2}udp: 301$/m);
  });
});

test.each([[["--version"]], [["validate", "x"]], [["render", "-h"]], [["nothing"]], [[]]])(
  "%j under an older Node: one line with both versions",
  (words) => {
    const hook = join(temporaryFolder(), "older.cjs");
    writeFileSync(hook, 'Object.defineProperty(process.versions, "node", { value: "18.20.8" });\n');
    expect(lvsgen(words, { environment: { NODE_OPTIONS: `--require ${hook}` } })).toEqual({
      status: 2,
      stdout: "",
      stderr: "lvsgen: Node 18.20.8 is too old: lvsgen needs 20.19 or newer (https://nodejs.org)\n",
    });
  },
);

test("a reader that goes away is no error", () => {
  const script = `"${process.execPath}" "${cli}" validate test/fixtures/topology/faults/many.json --format json | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: repository, encoding: "utf8" });
  expect(stdout).toBe("1\n");
  expect(stderr).not.toContain("EPIPE");
});
