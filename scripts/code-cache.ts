/** What V8 makes of the program's parts, kept beside them for src/start/part-loader.ts. */

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Script } from "node:vm";
import { codeFolder, partLoader } from "../src/start/part-loader.ts";

/** Commands whose functions are kept compiled: V8 compiles a function when it is first called. */
const usual: readonly (readonly string[])[] = [
  ["validate", "examples/pi-lab/topology.json"],
  ["plan", "examples/pi-lab/topology.json"],
  ["render", "examples/pi-lab/topology.json", "--stdout"],
];

/** In a process of its own, as commands print, and as it shall have V8's usual flags. */
export function writeCode(run: string): void {
  rmSync("dist/code", { recursive: true, force: true });
  const { status, stderr } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, run], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the code of dist/ cannot be kept: ${stderr}`);
}

async function keep(run: string): Promise<void> {
  const scripts = new Map<string, Script>();
  const folder = resolve("dist");
  const load = partLoader(createRequire(join(folder, "cli.js")), folder, (name, script) => {
    scripts.set(name, script);
  });
  const program = load(`./${run}`) as { run: (words: readonly string[]) => Promise<number> };
  for (const words of usual) await program.run(words);
  for (const [name, script] of [["", null] as const, ...scripts]) {
    const file = join(folder, codeFolder, `${name}.code`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, script?.createCachedData() ?? "");
  }
}

const [, main, part] = process.argv;
if (main === import.meta.filename && part !== undefined) await keep(part);
