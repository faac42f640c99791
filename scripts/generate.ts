/** Writes the generated files; with --check it only says which ones are stale. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { schemaFile, withSystems } from "./schema-systems.ts";

const check = process.argv.includes("--check");

function put(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  if (check) {
    process.stderr.write(`${file} is stale: run npm run generate\n`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stderr.write(`${file} written\n`);
  }
}

put(schemaFile, withSystems(readFileSync(schemaFile, "utf8")));
// After the schema, as the modules for the other files read it when they are loaded.
const { generatedFiles } = await import("./generated-files.ts");
for (const [file, make] of Object.entries(generatedFiles)) put(file, await make());
