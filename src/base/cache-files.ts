/** Files in $XDG_CACHE_HOME/lvsgen (basedir-spec): they may be deleted at any time; without write permission there is no cache. */

import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** Days that a file stays without use. */
const keptDays = 30;

/** A relative path in the variable must be ignored (basedir-spec). */
export function cacheFile(name: string, { XDG_CACHE_HOME }: NodeJS.ProcessEnv): string {
  const base = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "lvsgen", name);
}

/** @param kind the prefix of such names: old ones are removed */
export function writeCacheFile(file: string, text: string | Uint8Array, kind: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    replaceFile(file, text);
    removeOld(dirname(file), kind);
  } catch {
    // If the disk is full or the home is read-only, the next run does the work again.
  }
}

/** In one step, as another lvsgen may read it. */
export function replaceFile(file: string, text: string | Uint8Array): void {
  const prepared = `${file}.${process.pid}`;
  try {
    writeFileSync(prepared, text, { mode: 0o600 });
    renameSync(prepared, file);
  } catch (error) {
    rmSync(prepared, { force: true });
    throw error;
  }
}

function removeOld(folder: string, kind: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(kind))) {
    const age = Date.now() - statSync(join(folder, name)).mtimeMs;
    if (age > keptDays * 24 * 60 * 60 * 1000) rmSync(join(folder, name), { force: true });
  }
}
