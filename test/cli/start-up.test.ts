/** What a start costs, counted: files, modules and calls do not depend on the machine. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const dist = join(repository, "dist");
const hook = join(import.meta.dirname, "../helpers/opened-parts.cjs");

interface Loaded {
  /** The sources in what was read: the bundler writes where each begins. */
  readonly modules: readonly string[];
  readonly bytes: number;
  /** Node's own. */
  readonly builtins: ReadonlySet<string>;
}

function loadedBy(...words: readonly string[]): Loaded {
  const log = join(temporaryFolder(), "log");
  const environment = { NODE_OPTIONS: `--require ${hook}`, LVSGEN_TEST_LOG: log };
  expect(lvsgen(words, { environment }).status).toBe(0);
  const lines = readFileSync(log, "utf8").trim().split("\n");
  const texts = [...new Set(lines.filter((line) => line.startsWith(dist)))].map((file) =>
    readFileSync(file, "utf8"),
  );
  const modules = texts.flatMap((text) =>
    [...text.matchAll(/^\/\/ (\S+\.[a-z]+)$/gm)].map(([, name = ""]) => name),
  );
  expect(modules).toContain("src/cli.ts");
  return {
    modules,
    bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    builtins: new Set(lines.filter((line) => !line.startsWith("/"))),
  };
}

const commands = readdirSync(join(repository, "src/commands"));
const isCommand = (name: string): boolean =>
  readFileSync(join(repository, "src/commands", name), "utf8").includes("= defineCommand(");

/** Commands' own files among what was read. */
function commandsIn({ modules }: Loaded): string[] {
  return commands.filter((name) => isCommand(name) && modules.includes(`src/commands/${name}`));
}

const topology = "examples/pi-lab/topology.json";

describe("a start loads what it needs", () => {
  test("--version: neither a parser of words nor any command", () => {
    const loaded = loadedBy("--version");
    expect(loaded.modules.filter((name) => name.startsWith("node_modules/"))).toEqual([]);
    expect(commandsIn(loaded)).toEqual([]);
    expect(loaded.bytes).toBeLessThan(10_000);
    expect(loaded.builtins).not.toContain("crypto");
  });

  test.each([["--help"], ["-v", "validate"], ["--get-yargs-completions", "lvsgen", "val"]])(
    "%s %s: no command",
    (...words) => {
      const loaded = loadedBy(...words.filter((word) => word !== undefined));
      expect(commandsIn(loaded)).toEqual([]);
      expect(loaded.bytes).toBeLessThan(40_000);
    },
  );

  test("validate: neither YAML nor templates nor any other command", () => {
    const loaded = loadedBy("validate", topology);
    expect(commandsIn(loaded)).toEqual(["validate.ts"]);
    const packages = new Set(loaded.modules.map((name) => /^node_modules\/([^/]+)/.exec(name)?.[1]));
    expect([...packages].filter((name) => name !== undefined).sort()).toEqual(["ipaddr.js", "yargs-parser"]);
    expect(loaded.modules.filter((name) => /^dist\/(compiled-)?templates|^src\/render\//.test(name))).toEqual(
      [],
    );
    expect(loaded.modules.filter((name) => name.startsWith("src/languages/zh/"))).toEqual([]);
    // Some 5 kB a rule, a quarter of it what --explain prints; 190 kB are the compiled schema.
    expect(loaded.bytes).toBeLessThan(880_000);
    // Standard error as a stream of Node's brings its network.
    for (const name of ["crypto", "child_process", "worker_threads", "http", "net", "assert"])
      expect(loaded.builtins).not.toContain(name);
  });

  test("render: neither texts of templates nor their compiler, nor YAML's reader", () => {
    const loaded = loadedBy("render", topology, "--stdout");
    expect(commandsIn(loaded)).toEqual(["render.ts"]);
    expect(loaded.modules).toContain("dist/compiled-templates.mjs");
    expect(
      loaded.modules.filter((name) => /^dist\/templates|\/handlebars\/.*compiler|\/yaml\//.test(name)),
    ).toEqual([]);
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
