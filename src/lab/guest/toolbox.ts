/**
 * A host's own program directories: links to the real programs, each of which can be removed or replaced without a single
 * process. Fault injection, tracing and pauses are all made of this.
 */

import {
  type Dirent,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where programs are looked for; merged directories (/bin -> /usr/bin) count once. */
const PROGRAM_DIRECTORIES = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** A program in one of the directories that it is in. */
interface Place {
  /** Path on the host. */
  readonly path: string;
  /** What its link leads to. */
  readonly real: string;
}

/** Links to all programs, made once: they are below what each host has of its own. */
export interface ProgramLinks {
  /** Directory -> the folder of its links. */
  readonly folders: ReadonlyMap<string, string>;
  /** A program may be in several directories. */
  readonly places: ReadonlyMap<string, readonly Place[]>;
}

/**
 * @param folder where the links are made
 * @param realRoot where hosts still find the real directories, e.g. `/tmp/lab/real`
 */
export function linkPrograms(folder: string, realRoot: string): ProgramLinks {
  const folders = new Map<string, string>();
  const places = new Map<string, Place[]>();
  for (const directory of new Set(PROGRAM_DIRECTORIES.map((path) => realpathSync(path)))) {
    folders.set(directory, join(folder, directory));
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const place = { path: join(directory, entry.name), real: join(realRoot, programOf(directory, entry)) };
      places.set(entry.name, [...(places.get(entry.name) ?? []), place]);
    }
  }
  useLegacyTables(places);
  for (const copy of folders.values()) mkdirSync(copy, { recursive: true });
  for (const { path, real } of [...places.values()].flat()) symlinkSync(real, join(folder, path));
  return { folders, places };
}

/** One firewall for everybody in the lab: User-Mode Linux's nf_tables refuses tables, and the snapshot reads one kind. */
function useLegacyTables(places: Map<string, Place[]>): void {
  for (const name of [
    "iptables",
    "iptables-save",
    "iptables-restore",
    "ip6tables",
    "ip6tables-save",
    "ip6tables-restore",
  ]) {
    const legacy = places.get(name.replace("tables", "tables-legacy"))?.[0];
    if (!legacy) continue;
    const own = places.get(name) ?? [];
    places.set(
      name,
      own.map(({ path }) => ({ path, real: legacy.real })),
    );
  }
}

export class Toolbox {
  readonly #places: ReadonlyMap<string, readonly Place[]>;
  readonly #see: (path: string) => string;
  readonly #changed = new Set<string>();
  /** Programs that somebody else has put in the place of a link (`lvsgen lab --inject`), by the link. */
  readonly #aside = new Map<string, string>();

  /**
   * @param links null on hosts that run no scripts: they keep the machine's directories
   * @param see a path of the host as the runner can open it
   */
  constructor(links: ProgramLinks | null, see: (path: string) => string) {
    this.#places = links?.places ?? new Map();
    this.#see = see;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** Programs that a script's text mentions; a word that is never called does no harm. */
  mentionedIn(text: string): string[] {
    const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_.-]*/g) ?? []);
    return [...words].filter((word) => this.has(word) && !NEVER_REPLACED.has(word));
  }

  /** Replaces a program; `text` gets the path of the one that was there. */
  replace(name: string, text: (real: string) => string): void {
    this.#putAside(name);
    for (const { link, real } of this.#linksOf(name)) {
      const temporary = `${link}.new`;
      writeFileSync(temporary, text(this.#aside.get(link) ?? real), { mode: 0o755 });
      renameSync(temporary, link);
    }
    this.#changed.add(name);
  }

  remove(name: string): void {
    this.#putAside(name);
    for (const { link } of this.#linksOf(name)) rmSync(link, { force: true });
    this.#changed.add(name);
  }

  /** Puts back what was there. */
  reset(): void {
    for (const name of this.#changed) this.#linksOf(name).forEach(relink);
    for (const [link, kept] of this.#aside) renameSync(kept, link);
    this.#changed.clear();
    this.#aside.clear();
  }

  #linksOf(name: string): { link: string; real: string }[] {
    return (this.#places.get(name) ?? []).map(({ path, real }) => ({ link: this.#see(path), real }));
  }

  /** Keeps a program that is none of ours until the reset. */
  #putAside(name: string): void {
    if (this.#changed.has(name)) return;
    for (const { link } of this.#linksOf(name)) {
      const isOurs = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ?? true;
      if (isOurs) continue;
      const kept = `${link}.aside`;
      renameSync(link, kept);
      this.#aside.set(link, kept);
    }
  }
}

/** Where a program is; Debian's /usr/sbin/ip is a link to /bin/ip, which a host has a link for. */
function programOf(directory: string, entry: Dirent): string {
  const { name } = entry;
  const path = join(directory, name);
  const target = entry.isSymbolicLink() ? targetOf(path) : path;
  // Under its own name: others are many programs in one (kmod), which go by the name they are called by.
  const isSame = PROGRAM_DIRECTORIES.includes(dirname(target)) && basename(target) === name;
  return isSame ? join(realpathSync(dirname(target)), name) : path;
}

/** A package manager at work on this machine has files that are gone a moment later. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return link;
  }
}

function relink({ link, real }: { link: string; real: string }): void {
  rmSync(link, { force: true });
  symlinkSync(real, link);
}

/** Shells run the wrappers; the rest are builtins of every shell, so never looked for on PATH. */
const NEVER_REPLACED = new Set([
  "sh",
  "dash",
  "bash",
  "busybox",
  "ash",
  "[",
  "echo",
  "printf",
  "test",
  "true",
  "false",
  "kill",
  "pwd",
  "env",
  "time",
  "which",
  "kmod",
]);
