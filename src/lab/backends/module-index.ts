/** A kernel's modules: where each is, and what it needs. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Written by depmod(8). */
const DEPENDENCIES = "modules.dep";

export interface ModuleIndex {
  /** The files to load in this order, so that a module comes after what it needs. Parts of the kernel need none. */
  readonly filesOf: (names: readonly string[]) => string[];
  /** Those that the kernel neither has built in nor as a module. */
  readonly missing: (names: readonly string[]) => string[];
}

/** @param folder of one version, where depmod has been */
export function readModuleIndex(folder: string): ModuleIndex {
  const needs = new Map<string, { readonly file: string; readonly before: readonly string[] }>();
  for (const line of readLines(join(folder, DEPENDENCIES))) {
    const [file = "", rest = ""] = line.split(":");
    needs.set(moduleName(file), {
      file,
      before: rest
        .split(" ")
        .filter((path) => path !== "")
        .map(moduleName),
    });
  }
  const builtIn = new Set(readLines(join(folder, "modules.builtin")).map(moduleName));
  return {
    missing: (names) => names.filter((name) => !needs.has(name) && !builtIn.has(name)),
    filesOf(names) {
      const files = new Set<string>();
      const add = (name: string): void => {
        const module = needs.get(name);
        if (module === undefined || files.has(module.file)) return;
        for (const other of module.before) if (other !== name) add(other);
        files.add(module.file);
      };
      for (const name of names) add(name);
      return [...files].map((file) => join(folder, file));
    },
  };
}

export function isIndexed(folder: string): boolean {
  // modprobe reads this one alone.
  return existsSync(join(folder, `${DEPENDENCIES}.bin`));
}

/** `kernel/fs/9p/9p.ko.xz` -> `9p`; modprobe takes `-` for `_`. */
function moduleName(path: string): string {
  return path
    .replace(/^.*\//, "")
    .replace(/\.ko(\.\w+)?$/, "")
    .replaceAll("-", "_");
}

function readLines(file: string): string[] {
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
}
