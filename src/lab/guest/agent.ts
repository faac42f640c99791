/**
 * A long-lived shell inside a namespace. It both keeps the namespaces alive and runs commands in them; a command
 * costs one fork, where nsenter or a Node child would cost ten times that in User-Mode Linux.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { quoteWord } from "../../base/quote-word.ts";

export interface ExecResult {
  /** Exit status; 128 + signal when killed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  /** Lets the agent take further commands while this one runs. */
  readonly background?: boolean;
  /** File that receives the process id before the command starts. */
  readonly pidFile?: string;
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 120_000;

/** The runner's own processes, below its folder: a host may have another /proc. */
export const PROCESSES = "proc";

export class Agent {
  readonly name: string;
  /** Of the shell, as the runner counts processes. */
  pid: number;
  readonly #child: ChildProcess;
  readonly #work: string;
  readonly #waiting = new Map<number, (code: number) => void>();
  #next = 0;
  #buffer = "";
  #lost = false;

  private constructor(name: string, work: string, child: ChildProcess, pid: number) {
    this.name = name;
    this.pid = pid;
    this.#child = child;
    this.#work = work;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    child.on("exit", () => this.#end());
    child.on("error", () => this.#end());
    child.stdin?.on("error", () => this.#end());
  }

  /**
   * Starts an agent.
   *
   * @param enter command prefix that makes or joins namespaces, e.g. `["unshare", "--net", "--mount", "--"]`
   * @param work folder, visible in every namespace, for the output of its commands
   */
  static async start(name: string, work: string, enter: readonly string[]): Promise<Agent> {
    const [command = "sh", ...args] = [...enter, "sh"];
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], cwd: "/" });
    if (child.pid === undefined) {
      child.once("error", () => {});
      throw new Error(`cannot start a shell for ${name}: ${command}`);
    }
    const agent = new Agent(name, work, child, child.pid);
    // The first answer means the namespaces exist. A shell with process ids of its own is a child of the command.
    const stat = quoteWord(join(work, PROCESSES, "self/stat"));
    const { stdout } = await agent.shell(`ulimit -c 0; read -r pid rest <${stat}; echo "$pid"`);
    agent.pid = Number(stdout);
    return agent;
  }

  /** Runs an argument vector. */
  run(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    const command = argv.map(quoteWord).join(" ");
    if (options.pidFile === undefined) return this.#send(command, options);
    // A subshell's own id costs no process this way; exec hands it to the command.
    const record = `read -r p r </proc/self/stat; echo "$p" >${quoteWord(options.pidFile)}`;
    return this.#send(`( ${record}; exec ${command} )`, options);
  }

  /** Runs the lab's own fixed shell text; never build it from a topology's values without {@link quoteWord}. */
  shell(text: string, options: ExecOptions = {}): Promise<ExecResult> {
    return this.#send(`{ ${text}\n}`, options);
  }

  /** Ends the shell; its namespaces go when nothing else is in them. */
  async stop(): Promise<void> {
    if (this.#lost) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.kill("SIGKILL");
    await gone;
  }

  async #send(command: string, options: ExecOptions): Promise<ExecResult> {
    if (this.#lost) throw new Error(`the shell of ${this.name} is gone`);
    const id = this.#next++;
    const out = join(this.#work, `${this.pid}.${id}.out`);
    const err = join(this.#work, `${this.pid}.${id}.err`);
    const line = `${command} >${out} 2>${err} </dev/null; echo "${id} $?"`;
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const code = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${this.name}: no answer within ${timeoutMs / 1000} s from: ${command}`));
      }, timeoutMs);
      this.#waiting.set(id, (value) => {
        clearTimeout(timer);
        resolve(value);
      });
      this.#child.stdin?.write(options.background ? `{ ${line}; } &\n` : `${line}\n`);
    });
    return { code, stdout: take(out), stderr: take(err) };
  }

  #read(text: string): void {
    this.#buffer += text;
    for (let end = this.#buffer.indexOf("\n"); end >= 0; end = this.#buffer.indexOf("\n")) {
      const [id, code] = this.#buffer.slice(0, end).split(" ").map(Number);
      this.#buffer = this.#buffer.slice(end + 1);
      this.#waiting.get(id ?? -1)?.(code ?? -1);
      this.#waiting.delete(id ?? -1);
    }
  }

  #end(): void {
    this.#lost = true;
    for (const finish of this.#waiting.values()) finish(-1);
    this.#waiting.clear();
  }
}

function take(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    rmSync(file);
    return text;
  } catch {
    return "";
  }
}
