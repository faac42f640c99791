/** Builds dist/: the templates as modules, as texts and compiled, the CLI, the library and the lab's guest as bundles. */

import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type BuildOptions, build } from "esbuild";
import { programsModule } from "./programs-module.ts";
import { templatesModule } from "./templates-module.ts";
import { validatorsModule } from "./validators-module.ts";

/** Programs carry what they need, so that starting one reads few files; the library leaves that to who uses it. */
const bundles: readonly BuildOptions[] = [
  {
    entryPoints: { cli: "src/cli.ts", "lab-guest": "src/lab/guest.ts" },
    banner: {
      // Some packages in the bundle are CommonJS, and ask for Node's own modules by require.
      js: 'import { createRequire as lvsgenRequire } from "node:module"; const require = lvsgenRequire(import.meta.url);',
    },
  },
  { entryPoints: { index: "src/index.ts" }, packages: "external" },
];

function writeTemplates(): void {
  const { code, types } = templatesModule("templates");
  writeFileSync("dist/templates.js", code);
  writeFileSync("dist/templates.d.ts", types);
  const programs = programsModule("templates");
  writeFileSync("dist/programs.js", programs.code);
  writeFileSync("dist/programs.d.ts", programs.types);
}

async function writeValidators(): Promise<void> {
  const { code, types } = await validatorsModule();
  writeFileSync("dist/validators.js", code);
  writeFileSync("dist/validators.d.ts", types);
}

async function bundle(): Promise<void> {
  const fresh = new Set<string>();
  for (const options of bundles) {
    const { metafile } = await build({
      ...options,
      outdir: "dist",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      logLevel: "warning",
      metafile: true,
    });
    for (const file of Object.keys(metafile.outputs)) fresh.add(file);
  }
  chmodSync("dist/cli.js", 0o755);
  removeStaleParts(fresh);
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
