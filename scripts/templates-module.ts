/** templates/ as a JavaScript module, so that rendering needs no file system and runs in a browser. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const extension = ".hbs";

/** Template texts by name: the path below `folder` without its extension. */
export function readTemplates(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(extension))
    .sort();
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -extension.length), readFileSync(join(folder, file), "utf8")]),
  );
}

export function templatesModule(folder: string): { code: string; types: string } {
  return {
    code: `export const templates = ${JSON.stringify(readTemplates(folder), null, 1)};\n`,
    types: "export declare const templates: Readonly<Record<string, string>>;\n",
  };
}
