/** Builds dist/: the templates as modules, as texts and compiled, the CLI, the library and the lab's guest as bundles. */

import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type BuildOptions, build, transform } from "esbuild";
import { writeCode } from "./code-cache.ts";
import { programsModule } from "./programs-module.ts";
import { templatesModule } from "./templates-module.ts";
import { validatorsModule } from "./validators-module.ts";

const shared: BuildOptions = { bundle: true, format: "esm", target: "node20.19", logLevel: "warning" };

async function writeModules(): Promise<void> {
  const modules = {
    templates: templatesModule("templates"),
    programs: programsModule("templates"),
    validators: await validatorsModule(),
  };
  for (const [name, { code, types }] of Object.entries(modules)) {
    writeFileSync(`dist/${name}.mjs`, code);
    writeFileSync(`dist/${name}.d.mts`, types);
  }
}

/**
 * Programs carry what they need, so that starting one reads few files, and each command's part is read when it is asked
 * for. The parts become CommonJS, which Node loads in a row, without the detours of its loader of modules: a fifth of
 * the time that a short command takes.
 */
async function writePrograms(): Promise<void> {
  const { outputFiles = [] } = await build({
    ...shared,
    entryPoints: {
      cli: "src/cli.ts",
      "lab-guest": "src/lab/guest.ts",
      "part-loader": "src/start/part-loader.ts",
    },
    outdir: "dist",
    splitting: true,
    platform: "node",
    alias: { "string-width": "./scripts/plain-width.ts" },
    write: false,
  });
  const names = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const { path, text } of outputFiles) {
    const code = await commonJs(text);
    writeFileSync(path, basename(path) === "cli.js" ? withLoader(code) : code);
  }
  chmodSync("dist/cli.js", 0o755);
  removeStaleParts(names);
  writeCode([...names].find((name) => /^run-.*\.js$/.test(name)) ?? "run.js");
}

async function commonJs(text: string): Promise<string> {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20.19",
    supported: { "dynamic-import": false },
    define: { "import.meta.dirname": "__dirname", "import.meta.url": "lvsgenUrl" },
  });
  // yargs asks where it is.
  const url = 'const lvsgenUrl = require("node:url").pathToFileURL(__filename).href;\n';
  return code.includes("lvsgenUrl") ? code.replace(/^(#!.*\n)?/, `$1${url}`) : code;
}

/** From here on parts are loaded by lvsgen's own loader. */
function withLoader(code: string): string {
  const line = 'require = require("./part-loader.js").fastestLoader(require, __dirname);\n';
  return code.replace(/^(#!.*\n)?/, `$1${line}`);
}

/** Parts are named after their contents (`chunk-4KQ7ZB2M.js`): each build leaves the last one's behind. */
function removeStaleParts(fresh: ReadonlySet<string>): void {
  for (const name of readdirSync("dist")) {
    if (/-[0-9A-Z]{8}\.js$/.test(name) && !fresh.has(name)) rmSync(join("dist", name));
  }
}

/** For browsers too: it leaves other packages to who uses it, and knows nothing of Node. */
async function writeLibrary(): Promise<void> {
  await build({
    ...shared,
    entryPoints: { index: "src/index.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    packages: "external",
    platform: "neutral",
  });
}

/** What Node takes `.js` for: programs are CommonJS, and types are those of modules. */
function writeKinds(): void {
  mkdirSync("dist/types", { recursive: true });
  writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
  writeFileSync("dist/types/package.json", '{ "type": "module" }\n');
}

mkdirSync("dist", { recursive: true });
writeKinds();
await writeModules();
await writePrograms();
await writeLibrary();
