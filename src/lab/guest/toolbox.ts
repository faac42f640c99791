/**
 * A private copy of a host's program directories: links to the real ones, each of which can be taken away or
 * replaced without a single process. Fault injection, tracing and pauses are all made of this.
 */

import {
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

export class Toolbox {
  /** Directory -> its private copy; the host mounts one over the other. */
  readonly mounts: ReadonlyMap<string, string>;
  /** A program may be in several directories. */
  readonly #programs = new Map<string, { link: string; real: string }[]>();
  readonly #changed = new Set<string>();
  /** Programs that somebody else has put in the place of a link (`lvsgen lab --inject`), by the link. */
  readonly #aside = new Map<string, string>();

  /**
   * @param folder where the stand-ins are made, visible in the host's namespace
   * @param realRoot where the host still finds the real directories, e.g. `/tmp/lab/real`
   * @param isUsed false on hosts that run no scripts: they keep the machine's directories
   */
  constructor(folder: string, realRoot: string, isUsed: boolean) {
    const mounts = new Map<string, string>();
    this.mounts = mounts;
    if (!isUsed) return;
    for (const directory of new Set(PROGRAM_DIRECTORIES.map((path) => realpathSync(path)))) {
      const copy = join(folder, directory);
      mkdirSync(copy, { recursive: true });
      mounts.set(directory, copy);
      for (const name of readdirSync(directory)) {
        const link = join(copy, name);
        const real = join(realRoot, programOf(directory, name));
        symlinkSync(real, link);
        this.#programs.set(name, [...(this.#programs.get(name) ?? []), { link, real }]);
      }
    }
    this.#useLegacyTables();
  }

  /** One firewall for everybody in the lab: User-Mode Linux's nf_tables refuses tables, and the snapshot reads one kind. */
  #useLegacyTables(): void {
    for (const name of [
      "iptables",
      "iptables-save",
      "iptables-restore",
      "ip6tables",
      "ip6tables-save",
      "ip6tables-restore",
    ]) {
      const legacy = this.#programs.get(name.replace("tables", "tables-legacy"))?.[0];
      if (!legacy) continue;
      for (const program of this.#programs.get(name) ?? []) {
        program.real = legacy.real;
        relink(program);
      }
    }
  }

  has(name: string): boolean {
    return this.#programs.has(name);
  }

  /** Programs that a script's text mentions; a word that is never called does no harm. */
  mentionedIn(text: string): string[] {
    const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_.-]*/g) ?? []);
    return [...words].filter((word) => this.has(word) && !NEVER_REPLACED.has(word));
  }

  /** Replaces a program; `text` gets the path of the one that was there. */
  replace(name: string, text: (real: string) => string): void {
    this.#putAside(name);
    for (const { link, real } of this.#programs.get(name) ?? []) {
      const temporary = `${link}.new`;
      writeFileSync(temporary, text(this.#aside.get(link) ?? real), { mode: 0o755 });
      renameSync(temporary, link);
    }
    this.#changed.add(name);
  }

  remove(name: string): void {
    this.#putAside(name);
    for (const { link } of this.#programs.get(name) ?? []) rmSync(link, { force: true });
    this.#changed.add(name);
  }

  /** Puts back what was there. */
  reset(): void {
    for (const name of this.#changed) this.#programs.get(name)?.forEach(relink);
    for (const [link, kept] of this.#aside) renameSync(kept, link);
    this.#changed.clear();
    this.#aside.clear();
  }

  /** Keeps a program that is none of ours until the reset. */
  #putAside(name: string): void {
    if (this.#changed.has(name)) return;
    for (const { link } of this.#programs.get(name) ?? []) {
      const isOurs = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ?? true;
      if (isOurs) continue;
      const kept = `${link}.aside`;
      renameSync(link, kept);
      this.#aside.set(link, kept);
    }
  }
}

/** Where a program is; Debian's /usr/sbin/ip is a link to /bin/ip, which a host has a link for. */
function programOf(directory: string, name: string): string {
  const path = join(directory, name);
  // A package manager at work on this machine has files that are gone a moment later.
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  const target = isLink ? readlinkSync(path) : path;
  // Under its own name: others are many programs in one (kmod), which go by the name they are called by.
  const isSame = PROGRAM_DIRECTORIES.includes(dirname(target)) && basename(target) === name;
  return isSame ? join(realpathSync(dirname(target)), name) : path;
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
