/** Builds dist/: the templates as modules, as texts and compiled, the CLI, the library and the lab's guest as bundles. */

import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as buildLibrary } from "esbuild";
import { build as buildProgram } from "rolldown";
import { compiledTemplatesModule } from "./compiled-templates-module.ts";
import { templatesModule } from "./templates-module.ts";
import { validatorsModule } from "./validators-module.ts";

async function writeModules(): Promise<void> {
  const modules = {
    templates: templatesModule("templates"),
    "compiled-templates": compiledTemplatesModule("templates"),
    validators: await validatorsModule(),
  };
  for (const [name, { code, types }] of Object.entries(modules)) {
    writeFileSync(`dist/${name}.mjs`, code);
    writeFileSync(`dist/${name}.d.mts`, types);
  }
}

/**
 * Each program is a bundle, so that a start reads few files, and a command's part is read only when that command runs.
 * The parts are CommonJS: Node's loader of ES modules takes a fifth of the time of a short command.
 */
async function writePrograms(): Promise<void> {
  const { output } = await buildProgram({
    input: { cli: "src/cli.ts", "lab-guest": "src/lab/guest.ts" },
    platform: "node",
    transform: { target: "node20.19" },
    plugins: [leanSchema],
    // yargs uses it to find other packages, which lvsgen does not need.
    checks: { emptyImportMeta: false },
    output: {
      dir: "dist",
      format: "cjs",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  });
  chmodSync("dist/cli.js", 0o755);
  removeStaleParts(new Set(output.map(({ fileName }) => fileName)));
}

/** Without the texts about values, which only editors show: every command loads the schema. */
const leanSchema = {
  name: "lean-schema",
  load(id: string) {
    if (!id.endsWith("/schemas/topology.schema.json")) return null;
    const lean = JSON.parse(readFileSync(id, "utf8"), (key, value) =>
      key === "enumDescriptions" ? undefined : value,
    );
    return { code: JSON.stringify(lean), moduleType: "json" as const };
  },
};

/** Removes parts of an older lvsgen. */
function removeStaleParts(fresh: ReadonlySet<string>): void {
  for (const name of readdirSync("dist")) {
    if (name.endsWith(".js") && !fresh.has(name)) rmSync(join("dist", name));
  }
}

/** Also for browsers: it imports other packages instead of bundling them, and uses nothing of Node. */
async function writeLibrary(): Promise<void> {
  await buildLibrary({
    bundle: true,
    format: "esm",
    target: "node20.19",
    logLevel: "warning",
    entryPoints: { index: "src/index.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    packages: "external",
    platform: "neutral",
  });
}

mkdirSync("dist", { recursive: true });
// Node reads `.js` as CommonJS.
writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
await writeModules();
await writePrograms();
await writeLibrary();
