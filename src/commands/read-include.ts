/** Files that a keepalived.conf includes, by glob(3)'s wildcards, relative to the file that names them. */

import { readdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { ReadInclude, Source } from "../import/import-topology.ts";
import { say } from "../languages/say.ts";
import { UsageError } from "./errors.ts";
import { readTopologyText } from "./read-topology.ts";

/** More is a mistake: a wildcard over a whole disk. */
const maximumFiles = 1000;

export const readInclude: ReadInclude = (pattern, from) => {
  const whole = isAbsolute(pattern) ? pattern : join(from.name === "-" ? "." : dirname(from.name), pattern);
  try {
    const files = alternatives(whole).flatMap(matching);
    if (files.length === 0) return say`${whole} does not exist`;
    if (files.length > maximumFiles) return say`${whole} is more than ${maximumFiles} files`;
    return [...new Set(files)].map((name): Source => ({ name, text: readTopologyText(name) }));
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    return `${whole}: ${(error as Error).message}`;
  }
};

/** `{a,b}` as two patterns, inner ones first; few, as each comma may double them. */
function alternatives(pattern: string): string[] {
  let patterns = [pattern];
  for (let round = 0; round < 8; round++) {
    patterns = patterns.flatMap((each) => {
      const braces = /\{([^{}]*)\}/.exec(each);
      if (braces === null) return each;
      const parts = (braces[1] ?? "").split(",");
      return parts.map(
        (part) => each.slice(0, braces.index) + part + each.slice(braces.index + braces[0].length),
      );
    });
    if (patterns.length > maximumFiles) return patterns.slice(0, maximumFiles + 1);
  }
  return patterns;
}

/** Files in the order of their names. */
function matching(pattern: string): string[] {
  let found = [isAbsolute(pattern) ? "/" : ""];
  for (const part of pattern.split("/").filter(Boolean)) {
    found = found.flatMap((folder) => (/[*?[]/.test(part) ? entries(folder, part) : [join(folder, part)]));
    if (found.length > maximumFiles) return found;
  }
  return found.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

function entries(folder: string, pattern: string): string[] {
  const form = wildcard(pattern);
  try {
    return readdirSync(folder || ".")
      .filter((name) => form.test(name) && (!name.startsWith(".") || pattern.startsWith(".")))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    // Not a folder.
    return [];
  }
}

function wildcard(pattern: string): RegExp {
  const source = pattern.replaceAll(/\[!?[^\]/]+\]|[\s\S]/g, (part) => {
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 1) return part.replace("[!", "[^").replaceAll("\\", "\\\\");
    return part.replace(/[\\^$.|+()[\]{}]/, "\\$&");
  });
  return new RegExp(`^${source}$`);
}
