/**
 * What shellcheck found before, by the SHA-256 of what it read: in $XDG_CACHE_HOME/lvsgen, a file for each version of
 * lvsgen and of shellcheck (basedir-spec). It may be deleted at any time.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cacheFile, writeCacheFile } from "../base/cache-files.ts";
import { sha256Hex } from "../base/digest.ts";
import { version } from "../base/version.ts";
import type { ShellcheckCommand } from "./find-shellcheck.ts";
import type { Finding } from "./finding.ts";
import { shellcheckOptions } from "./run-shellcheck.ts";

/** A finding in any file with these contents. */
export type FindingInText = Omit<Finding, "file">;

export interface FindingsCache {
  /** @param digest SHA-256 of a script */
  find(digest: string): readonly FindingInText[] | undefined;
  keep(digest: string, findings: readonly FindingInText[]): void;
  /** Writes what is new, if possible. */
  save(): void;
}

/** Remembers nothing. */
export const noCache: FindingsCache = { find: () => undefined, keep: () => {}, save: () => {} };

/** Scripts that are remembered, the last ones: those of 30 000 hosts take some 10 MB. */
const mostEntries = 100_000;

/** What its files' names begin with. */
const kind = "lint-";

type Entry = readonly [digest: string, findings: readonly FindingInText[]];

/** No cache if the program does not print its version: it could be anything. */
export function openCache(shellcheck: ShellcheckCommand, environment: NodeJS.ProcessEnv): FindingsCache {
  const linter = versionOf(shellcheck);
  if (linter === null) return noCache;
  const digest = sha256Hex(JSON.stringify([version, linter, shellcheckOptions]));
  const file = cacheFile(`${kind}${digest}.json`, environment);
  const entries = new Map(readEntries(file));
  let isChanged = false;
  return {
    find: (digest) => entries.get(digest),
    keep: (digest, findings) => {
      entries.set(digest, findings);
      isChanged = true;
    },
    save: () => {
      if (isChanged) writeCacheFile(file, JSON.stringify([...entries].slice(-mostEntries)), kind);
    },
  };
}

function versionOf({ program, prefix }: ShellcheckCommand): string | null {
  const { status, stdout } = spawnSync(program, [...prefix, "--version"], { encoding: "utf8" });
  return status === 0 && /^version: /m.test(stdout) ? stdout : null;
}

/** Nothing where the file is not there, or is no such file. */
function readEntries(file: string): Entry[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === "string" && Array.isArray(value[1]);
}
