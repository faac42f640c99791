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
  [["valdate", "x"], 'there is no command "valdate": did you mean "validate"?'],
  [["validate"], "an argument is missing"],
  [["render"], "an argument is missing: Topology"],
  [["diff", "x"], "an argument is missing: Topology as it shall be"],
  [["validate", "x", "--fomat", "json"], 'unknown argument "fomat": did you mean "format"?'],
  [["validate", "x", "y"], 'unknown argument "y"'],
  [["render", "x", "--file", "y"], 'unknown argument "file": it is given without a name'],
  [["validate", "x", "--format", "xml"], '--format "xml": there are: text, json'],
  [["graph", "x", "--format", "text"], '--format "text": there are: mermaid, dot, svg'],
  [
    ["render", "x", "--diff", "--format", "json"],
    "--format json prints one report: leave out --diff, or the format",
  ],
  [["graph", "x", "--format", "json"], '--format "json": there are: mermaid, dot, svg'],
  [["render", "x", "--out"], "--out needs a value"],
  [["render", "x", "--no-out"], "--no-out: --out is no switch"],
  [["render", "x", "--out.x", "y"], 'unknown argument "out.x"'],
  [["render", "x", "--check=maybe"], "--check is a switch: it takes no value"],
  [["--nope"], "--nope without a command: name one"],
  [["-x", "validate", "y"], 'unknown argument "x"'],
  [["validate", ""], "an argument is empty"],
  [["validate", "--explain="], "--explain is empty"],
  [["validate", "x", "--explain", "LVS112"], "leave the file out"],
  [["validate", "--explain"], "--explain needs a value"],
  [["validate", "--explain", "LVS112", "--explain", "LVS113"], "--explain is given twice"],
  [["validate", "--explain", "LVS13"], 'there is no code "LVS13": did you mean "LVS'],
  [["validate", "--explain", "lits"], 'did you mean "list"?'],
  [["validate", "--explain", "everything"], "'lvsgen validate --explain list' shows all"],
  [["validate", "-5"], "cannot read -5: there is no such file"],
  [["lab", "x", "--kernels", "0"], '--kernels takes a whole number from 1 to 64, not "0"'],
  [["lab", "x", "--kernels", "1.5"], '--kernels takes a whole number from 1 to 64, not "1.5"'],
  [["lab", "x", "--kernels", "0x2"], 'from 1 to 64, not "0x2"'],
  [["lab", "x", "--timeout", "abc"], '--timeout takes a number from 0.001 to 604800, not "abc"'],
  [["lab", "x", "--timeout", "-5"], 'from 0.001 to 604800, not "-5"'],
  [["verify", "x", "--requests", "-1"], '--requests takes a whole number from 1 to 100000, not "-1"'],
  [["verify", "x", "--timeout", "Infinity"], 'from 0.001 to 3600, not "Infinity"'],
  [["deploy", "x", "--try", "4"], '--try takes a whole number from 5 to 86400, not "4"'],
  [["status", "x", "--parallel", "1e3"], 'from 1 to 1000, not "1e3"'],
  [["web", "--port", "65536"], '--port takes a whole number from 0 to 65535, not "65536"'],
  [["diff", "-", "-"], "standard input (-) is one file"],
  [["import", "-", "--addresses", "-"], "standard input (-) is one file"],
  [["deploy", "-", "--sudo-password-file", "-"], "standard input (-) is one file"],
  [["lab", "test/fixtures/lab/script-check.json"], "health checks run /usr/local/bin/check-web"],
  [["lab", "examples/ha-pair/topology.json", "--scenario", "arp"], "arp does not know the engine keepalived"],
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
    expect(JSON.parse(stdout).timeouts).toEqual({ tcp: 901, tcpFin: 121, udp: 301 });
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
