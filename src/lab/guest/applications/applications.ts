/** The programs of a host: started, and failed in the ways that programs fail. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { quoteWord } from "../../../base/quote-word.ts";
import type { LabApplication, LabHost } from "../../spec.ts";
import type { Agent } from "../agent.ts";
import { waitFor } from "../wait.ts";
import { FOLDER, startOf } from "./kinds.ts";

const PATIENCE_MS = 30_000;

const DIRECTORIES = ["/usr/sbin", "/usr/bin", "/usr/local/sbin"];

export type Signal = "KILL" | "TERM" | "STOP" | "CONT";

export class Applications {
  readonly #host: LabHost;
  /** Of its namespace, which changes when it is built again. */
  readonly #agent: () => Agent;

  constructor(host: LabHost, agent: () => Agent) {
    this.#host = host;
    this.#agent = agent;
  }

  /** Names of their processes, for people. */
  get words(): string[] {
    return this.#host.applications.map((application) => {
      const { process: name, config } = this.#start(application);
      return config === null ? `the lab's own web server as ${name}` : name;
    });
  }

  /** As its processes are called. */
  nameOf(application: LabApplication): string {
    return this.#start(application).process;
  }

  async start(): Promise<void> {
    for (const application of this.#host.applications) await this.startOne(application);
  }

  /** Starts it where it does not run. @throws Error when it does not come up */
  async startOne(application: LabApplication): Promise<void> {
    const { process: name, config, start } = this.#start(application);
    if (await this.#runs(name)) return;
    const file = quoteWord(`${FOLDER}/${name}.conf`);
    const write = config === null ? "" : `printf %s ${quoteWord(config)} >${file}\n`;
    const { code, stderr } = await this.#agent().shell(`mkdir -p ${FOLDER}\n${write}${start}`);
    if (code !== 0) throw new Error(`${this.#host.name}: ${name} does not start: ${stderr.trim()}`);
    await waitFor(
      async () => (await this.#runs(name)) && (await this.#answers(application)),
      `${name} of ${this.#host.name}`,
      PATIENCE_MS,
    );
  }

  /** Sends a signal to all of its processes. */
  async signal(application: LabApplication, signal: Signal): Promise<void> {
    const { process: name } = this.#start(application);
    await this.#agent().shell(forEachProcess(name, `kill -${signal} "$pid"`));
  }

  /** All of them run and answer, whatever befell them. */
  async revive(): Promise<void> {
    for (const application of this.#host.applications) await this.signal(application, "CONT");
    await this.start();
  }

  #start(application: LabApplication) {
    const isHere = (program: string): boolean =>
      DIRECTORIES.some((directory) => existsSync(join(directory, program)));
    return startOf(this.#host.name, application, isHere);
  }

  async #runs(name: string): Promise<boolean> {
    const { stdout } = await this.#agent().shell(forEachProcess(name, "echo runs"));
    return stdout !== "";
  }

  /** Whether somebody listens at every port: the kernel's table says so without a connection (state 0A). */
  async #answers({ ports }: LabApplication): Promise<boolean> {
    const { stdout } = await this.#agent().shell("cat /proc/net/tcp /proc/net/tcp6 2>/dev/null");
    const listening = new Set(
      [...stdout.matchAll(/^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:0000 0A /gm)].map(([, port]) => port),
    );
    return ports.every(({ port }) => listening.has(port.toString(16).toUpperCase().padStart(4, "0")));
  }
}

/** Shell text for each process of a name that is not a zombie. The kernel keeps the first 15 characters of names. */
function forEachProcess(name: string, command: string): string {
  return `for file in /proc/[0-9]*/comm; do
  comm=
  { read -r comm <"$file"; } 2>/dev/null
  [ "$comm" = ${quoteWord(name.slice(0, 15))} ] || continue
  stat=
  { read -r stat <"\${file%comm}stat"; } 2>/dev/null
  case \${stat##*) } in [ZX]* | '') continue ;; esac
  pid=\${file#/proc/}
  pid=\${pid%/comm}
  ${command}
done
:`;
}
