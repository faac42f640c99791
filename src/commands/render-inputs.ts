/** The inputs of an output: the program, and the topology's text. */

import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "../base/digest.ts";

/** @returns null if lvsgen runs from its source: its files are unknown */
export function inputsDigest(file: string, text: string): string | null {
  const program = programStamps(import.meta.dirname);
  return program === null ? null : sha256Hex(JSON.stringify([process.version, program, file, text]));
}

/** The stamps of the built program's files, which a new build changes. */
function programStamps(folder: string): unknown {
  if (!existsSync(join(folder, "cli.js"))) return null;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const { size, mtimeMs, ctimeMs, ino } = lstatSync(join(folder, name));
      return [name, size, mtimeMs, ctimeMs, ino];
    });
}
