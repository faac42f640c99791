/** What a start costs, counted: files, modules and calls do not depend on the machine. */

import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeFolder } from "../../src/start/part-loader.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const dist = join(repository, "dist");
const hook = join(import.meta.dirname, "../helpers/opened-parts.cjs");

interface Loaded {
  /** Names of the program's files, without the digests in them. */
  readonly parts: readonly string[];
  readonly bytes: number;
  /** Node's own. */
  readonly builtins: ReadonlySet<string>;
}

function loadedBy(...words: readonly string[]): Loaded {
  const log = join(temporaryFolder(), "log");
  const environment = { NODE_OPTIONS: `--require ${hook}`, LVSGEN_TEST_LOG: log };
  expect(lvsgen(words, { environment }).status).toBe(0);
  const lines = readFileSync(log, "utf8").trim().split("\n");
  const files = [...new Set(lines.filter((line) => line.startsWith(dist)))];
  return {
    parts: files.map((file) => basename(file).replace(/-[0-9A-Z]{8}\.js$/, "")),
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    builtins: new Set(lines.filter((line) => !line.startsWith("/"))),
  };
}

function spawnNode(program: string): { readonly stdout: string } {
  return spawnSync(process.execPath, ["--eval", program], { encoding: "utf8" });
}

const topology = "examples/pi-lab/topology.json";

describe("a start loads what it needs", () => {
  test("--version: neither yargs nor any command", () => {
    const { parts, bytes, builtins } = loadedBy("--version");
    expect(parts.filter((part) => part !== "chunk").sort()).toEqual(["cli.js", "part-loader.js"]);
    expect(bytes).toBeLessThan(20_000);
    expect(builtins).not.toContain("crypto");
  });

  test.each([["--help"], ["-v", "validate"], ["--get-yargs-completions", "lvsgen", "val"]])(
    "%s %s: no yargs",
    (...words) => {
      expect(loadedBy(...words.filter((word) => word !== undefined)).bytes).toBeLessThan(60_000);
    },
  );

  test("validate: neither YAML nor templates nor any other command", () => {
    const { parts, bytes, builtins } = loadedBy("validate", topology);
    expect(parts.filter((part) => part !== "chunk").sort()).toEqual([
      "cli.js",
      "parse-words",
      "part-loader.js",
      "run",
      "validate",
    ]);
    expect(bytes).toBeLessThan(1_100_000);
    for (const name of ["crypto", "child_process", "worker_threads", "http"])
      expect(builtins).not.toContain(name);
  });

  test("render: neither texts of templates nor their compiler, nor YAML's reader", () => {
    const { parts } = loadedBy("render", topology, "--stdout");
    expect(parts.filter((part) => part !== "chunk").sort()).toEqual([
      "cli.js",
      "parse-words",
      "part-loader.js",
      "render",
      "run",
    ]);
  });

  test("V8's code of the parts is there, and taken", () => {
    const program = `
      const { partLoader } = require(${JSON.stringify(join(dist, "part-loader.js"))});
      const rejected = [];
      const load = partLoader(require, ${JSON.stringify(dist)}, (name, { cachedDataRejected }) => {
        if (cachedDataRejected !== false) rejected.push(name);
      });
      const [run] = require("node:fs").readdirSync(${JSON.stringify(dist)}).filter((name) => /^run-/.test(name));
      load("./" + run).run(["validate", ${JSON.stringify(join(repository, topology))}]).then(() => {
        process.stdout.write(JSON.stringify(rejected));
      });`;
    const { stdout } = spawnNode(program);
    expect(stdout).toBe("[]");
    expect(statSync(join(dist, codeFolder)).isDirectory()).toBe(true);
  });
});

test("help is ASCII, as the built CLI counts its columns by characters", () => {
  const { stdout } = lvsgen(["--help"]);
  const commands = [...stdout.matchAll(/^ {2}lvsgen ([a-z]+)/gm)].map(([, name = ""]) => name);
  expect(commands.length).toBeGreaterThan(10);
  for (const name of commands) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII has control characters
    expect(lvsgen([name, "--help"]).stdout).toMatch(/^[\u0000-\u007f]+$/);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII has control characters
  expect(stdout).toMatch(/^[\u0000-\u007f]+$/);
});
