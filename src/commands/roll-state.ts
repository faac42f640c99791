/** How far a roll came, in $XDG_STATE_HOME/lvsgen (basedir-spec): a file for each topology and command, until it is done. */

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { replaceFile } from "../base/cache-files.ts";
import { sha256Hex } from "../base/digest.ts";
import type { Probe } from "../deploy/roll/probe.ts";
import { say } from "../languages/say.ts";
import { writeNote } from "./streams.ts";

export class RollState {
  readonly file: string;
  readonly #done = new Set<string>();
  /** Begun and not done, with the state before the command. */
  readonly #halfWay = new Map<string, Probe>();
  #isNoted = true;

  /** @param digest of the topology: another one has another roll */
  constructor(digest: string, command: string, { XDG_STATE_HOME }: NodeJS.ProcessEnv) {
    // A relative path in the variable must be ignored.
    const base =
      XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), ".local/state");
    const key = sha256Hex(`${digest}\n${command}`).slice(0, 16);
    this.file = join(base, "lvsgen", `roll-${key}.json`);
  }

  get done(): ReadonlySet<string> {
    return this.#done;
  }

  get halfWay(): ReadonlyMap<string, Probe> {
    return this.#halfWay;
  }

  get isEmpty(): boolean {
    return this.#done.size + this.#halfWay.size === 0;
  }

  /** What an earlier roll left; nothing if it ended, or if its file cannot be read. */
  read(): this {
    const { done, halfWay } = parsed(this.file);
    for (const host of done) this.#done.add(host);
    for (const [host, before] of halfWay) this.#halfWay.set(host, before);
    return this;
  }

  begin(host: string, before: Probe): void {
    this.#halfWay.set(host, before);
    this.#write();
  }

  /** A host is in service again. */
  end(host: string, isDone: boolean): void {
    this.#halfWay.delete(host);
    if (isDone) this.#done.add(host);
    this.#write();
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }

  #write(): void {
    const halfWay = [...this.#halfWay].map(([host, { boot, running, accepting }]) => {
      return { host, boot, running: [...running], accepting: [...accepting] };
    });
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      replaceFile(this.file, JSON.stringify({ version: 1, done: [...this.#done], halfWay }));
    } catch (error) {
      if (this.#isNoted)
        writeNote(say`cannot write ${this.file}: ${(error as Error).message}. --resume will not work`);
      this.#isNoted = false;
    }
  }
}

interface Parsed {
  readonly done: readonly string[];
  readonly halfWay: readonly (readonly [string, Probe])[];
}

interface Written {
  readonly version: number;
  readonly done: readonly string[];
  readonly halfWay: readonly {
    readonly host: string;
    readonly boot: string;
    readonly running: readonly string[];
    readonly accepting: readonly string[];
  }[];
}

function parsed(file: string): Parsed {
  try {
    const { version, done, halfWay } = JSON.parse(readFileSync(file, "utf8")) as Written;
    if (version !== 1) return { done: [], halfWay: [] };
    return {
      done,
      halfWay: halfWay.map(({ host, boot, running, accepting }) => [
        host,
        { boot, isLeaving: false, running: new Set(running), accepting: new Set(accepting) },
      ]),
    };
  } catch {
    return { done: [], halfWay: [] };
  }
}
