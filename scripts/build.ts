/** Builds dist/: the templates as a module, the CLI, the library and the lab's guest as bundles. */

import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { templatesModule } from "./templates-module.ts";
import { validatorsModule } from "./validators-module.ts";

const entries = {
  cli: "src/cli.ts",
  index: "src/index.ts",
  "lab-guest": "src/lab/guest.ts",
};

function writeTemplates(): void {
  const { code, types } = templatesModule("templates");
  writeFileSync("dist/templates.js", code);
  writeFileSync("dist/templates.d.ts", types);
}

async function writeValidators(): Promise<void> {
  const { code, types } = await validatorsModule();
  writeFileSync("dist/validators.js", code);
  writeFileSync("dist/validators.d.ts", types);
}

async function bundle(): Promise<void> {
  const { metafile } = await build({
    entryPoints: entries,
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
    metafile: true,
  });
  chmodSync("dist/cli.js", 0o755);
  removeStaleParts(new Set(Object.keys(metafile.outputs)));
}

/** Parts are named after their contents (`chunk-4KQ7ZB2M.js`): each build leaves the last one's behind. */
function removeStaleParts(fresh: ReadonlySet<string>): void {
  for (const name of readdirSync("dist")) {
    const file = `dist/${name}`;
    if (/-[0-9A-Z]{8}\.js$/.test(name) && !fresh.has(file)) rmSync(file);
  }
}

mkdirSync("dist", { recursive: true });
writeTemplates();
await writeValidators();
await bundle();
