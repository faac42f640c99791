/** Someone who does what the pages say, in a folder of their own; with a fleet, the hosts are there as well. */

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../fleet/fleet.ts";
import { cli, repository } from "../helpers/lvsgen.ts";
import { changed, missingLine, type Step, stepsOf } from "./page.ts";

interface Output {
  readonly code: number;
  /** Both streams. */
  readonly text: string;
}

export class Reader {
  readonly #folder: string;
  readonly #fleet: Fleet | null;

  /** @param folder where the reader works; the fleet's folder, where there is one */
  constructor(folder: string, fleet: Fleet | null = null) {
    this.#folder = folder;
    this.#fleet = fleet;
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "lvsgen"), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
    chmodSync(join(bin, "lvsgen"), 0o755);
  }

  /** @throws Error with the place in the page and all that was said, where a step does not do what the page says */
  async follow(page: string, skip = 0): Promise<number> {
    const steps = stepsOf(readFileSync(join(repository, page), "utf8")).slice(skip);
    let last: Output = { code: 0, text: "" };
    for (const step of steps) {
      const fail = (what: string): never => {
        throw new Error(
          `${page}:${step.line}: ${what}\n${step.text}\nexit status ${last.code}:\n${last.text}`,
        );
      };
      if (step.kind === "commands") {
        last = await this.#run(step);
        if (last.code !== step.exit) fail(`the commands do not exit with ${step.exit}`);
      } else if (step.kind === "output") {
        const missing = missingLine(last.text, step.text);
        if (missing !== null) fail(`not printed: ${missing}`);
      } else this.#edit(step);
    }
    return steps.length;
  }

  #edit({ kind, file, text }: Step): void {
    const path = join(this.#folder, file);
    writeFileSync(path, kind === "change" ? changed(readFileSync(path, "utf8"), text) : text);
  }

  async #run({ place, text }: Step): Promise<Output> {
    const commands = `set -e\n${text}`;
    if (place === "here") return this.#here(commands, this.#folder);
    if (place === "clone") return this.#here(commands, await this.#clone());
    if (this.#fleet === null) throw new Error(`there is no fleet for ${place}`);
    const words = `PATH=${join(this.#folder, "bin")}:$PATH LC_ALL=C.UTF-8 ANSIBLE_TIMEOUT=300 ANSIBLE_PIPELINING=1\nexport PATH LC_ALL ANSIBLE_TIMEOUT ANSIBLE_PIPELINING\n`;
    const { code, stdout, stderr } =
      place === "fleet"
        ? await this.#fleet.shell(`{ ${words}${commands}\n} 2>&1`)
        : await this.#fleet.on(place, commands);
    return { code, text: stdout + stderr };
  }

  /** A clone of the reader's own: what is installed there is not what other tests run with. */
  async #clone(): Promise<string> {
    const clone = join(this.#folder, "clone");
    if (!existsSync(clone)) {
      const { code, text } = await this.#here(`git clone -q '${repository}' '${clone}'`, this.#folder);
      if (code !== 0) throw new Error(`no clone: ${text}`);
    }
    return clone;
  }

  #here(commands: string, cwd: string): Promise<Output> {
    const child = spawn("sh", ["-c", commands], {
      cwd,
      env: {
        ...process.env,
        PATH: `${join(this.#folder, "bin")}:${process.env.PATH}`,
        // A global installation goes to a place of its own.
        npm_config_prefix: join(this.#folder, "prefix"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code: code ?? -1, text }));
    });
  }
}
