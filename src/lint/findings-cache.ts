/**
 * What shellcheck found before, by the SHA-256 of what it read: in $XDG_CACHE_HOME/lvsgen, a file for each version of
 * lvsgen and of shellcheck (basedir-spec). It may be deleted at any time.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { sha256Hex } from "../base/digest.ts";
import { version } from "../base/version.ts";
import type { ShellcheckCommand } from "./find-shellcheck.ts";
import type { Finding } from "./finding.ts";
import { shellcheckOptions } from "./run-shellcheck.ts";

/** A finding in whatever file has these contents. */
export type FindingInText = Omit<Finding, "file">;

export interface FindingsCache {
  /** @param digest SHA-256 of a script */
  find(digest: string): readonly FindingInText[] | undefined;
  keep(digest: string, findings: readonly FindingInText[]): void;
  /** Writes what is new, where that is possible. */
  save(): void;
}

/** Remembers nothing. */
export const noCache: FindingsCache = { find: () => undefined, keep: () => {}, save: () => {} };

/** Scripts that are remembered, the last ones: those of 30 000 hosts take some 10 MB. */
const mostEntries = 100_000;

/** Days that other versions' files stay without use. */
const keptDays = 30;

type Entry = readonly [digest: string, findings: readonly FindingInText[]];

/** No cache where the program does not tell its version: it could be anything. */
export function openCache(shellcheck: ShellcheckCommand, environment: NodeJS.ProcessEnv): FindingsCache {
  const linter = versionOf(shellcheck);
  if (linter === null) return noCache;
  const folder = cacheFolder(environment);
  const file = join(folder, `lint-${sha256Hex(JSON.stringify([version, linter, shellcheckOptions]))}.json`);
  const entries = new Map(readEntries(file));
  let isChanged = false;
  return {
    find: (digest) => entries.get(digest),
    keep: (digest, findings) => {
      entries.set(digest, findings);
      isChanged = true;
    },
    save: () => {
      if (isChanged) writeEntries(folder, file, [...entries].slice(-mostEntries));
    },
  };
}

function versionOf({ program, prefix }: ShellcheckCommand): string | null {
  const { status, stdout } = spawnSync(program, [...prefix, "--version"], { encoding: "utf8" });
  return status === 0 && /^version: /m.test(stdout) ? stdout : null;
}

/** A relative path there is to be ignored (basedir-spec). */
function cacheFolder({ XDG_CACHE_HOME }: NodeJS.ProcessEnv): string {
  const base = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "lvsgen");
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

/** A cache that cannot be written is none. */
function writeEntries(folder: string, file: string, entries: readonly Entry[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    replaceFile(file, JSON.stringify(entries));
    removeOld(folder);
  } catch {
    // A disk that is full, a home that is read-only: the next lint runs shellcheck again.
  }
}

/** In one step, as another lint may read it. */
function replaceFile(file: string, text: string): void {
  const prepared = `${file}.${process.pid}`;
  try {
    writeFileSync(prepared, text, { mode: 0o600 });
    renameSync(prepared, file);
  } catch (error) {
    rmSync(prepared, { force: true });
    throw error;
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith("lint-"))) {
    const age = Date.now() - statSync(join(folder, name)).mtimeMs;
    if (age > keptDays * 24 * 60 * 60 * 1000) rmSync(join(folder, name), { force: true });
  }
}
