/** The system's ssh to one host: its user's configuration, keys and known_hosts; one connection for all that is asked. */

import { type ChildProcess, spawn } from "node:child_process";
import { UserFault } from "../base/user-fault.ts";
import type { Ssh } from "../topology/model.ts";
import { type HostAnswer, parseAnswer } from "./answer.ts";
import { type Failure, failureOf, SSH_FAILED } from "./failures.ts";
import {
  destinationArguments,
  passwordCommand,
  passwordInput,
  rootCommand,
  type Sudo,
  scriptInput,
} from "./remote-command.ts";

export interface SessionSettings {
  readonly sudo: Sudo;
  /** A private folder for the sockets of shared connections; null: each connection is its own. */
  readonly sockets: string | null;
  /** Seconds to wait for a host to answer. */
  readonly connectTimeout: number;
  /** Somebody is at a terminal, and may be asked for a passphrase or about a host key. */
  readonly ask: ((work: () => Promise<Spoken>) => Promise<Spoken>) | null;
}

/** What came back of one ssh. */
export interface Spoken {
  readonly code: number;
  readonly output: Uint8Array;
  readonly said: string;
}

/** A host that could not be asked. */
export class HostFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.words);
    this.failure = failure;
  }
}

/** Failures that a person at the terminal may mend by answering ssh's question. */
const ANSWERABLE: ReadonlySet<string> = new Set(["login", "unknown-host"]);

export class Session {
  readonly #ssh: Ssh;
  readonly #settings: SessionSettings;
  #passwordKnown = false;

  constructor(ssh: Ssh, settings: SessionSettings) {
    this.#ssh = ssh;
    this.#settings = settings;
  }

  /**
   * Runs a host's script there as root.
   *
   * @param fresh by a connection of its own, which only a host that can be reached now gives
   * @throws HostFailed where the host could not be asked, or the connection was lost
   */
  async ask(script: string, { fresh = false } = {}): Promise<HostAnswer> {
    const { sudo } = this.#settings;
    await this.#checkPassword(fresh);
    const spoken = await this.#speak(rootCommand(this.#ssh, sudo), scriptInput(sudo, script), fresh);
    const answer = parseAnswer(spoken.output);
    if (answer === null) throw new HostFailed(failureOf(this.#ssh, spoken.code, spoken.said));
    return answer;
  }

  /** Ends the shared connection, if there is one. */
  async close(): Promise<void> {
    if (this.#settings.sockets === null) return;
    await run(["-O", "exit", ...this.#options(false, true), ...destinationArguments(this.#ssh)], "");
  }

  /** Once, and alone: sudo would take a script's first lines for further tries. */
  async #checkPassword(fresh: boolean): Promise<void> {
    const { sudo } = this.#settings;
    if (this.#passwordKnown || sudo.kind !== "password" || this.#ssh.user === "root") return;
    const spoken = await this.#speak(passwordCommand(this.#ssh, sudo), passwordInput(sudo), fresh);
    if (spoken.code !== 0) throw new HostFailed(failureOf(this.#ssh, spoken.code, spoken.said));
    this.#passwordKnown = true;
  }

  async #speak(command: string, input: string, fresh: boolean): Promise<Spoken> {
    const words = (batch: boolean): string[] => [
      ...this.#options(fresh, batch),
      ...destinationArguments(this.#ssh),
      command,
    ];
    const spoken = await run(words(true), input);
    const { ask } = this.#settings;
    if (ask === null || spoken.code !== SSH_FAILED) return spoken;
    if (!ANSWERABLE.has(failureOf(this.#ssh, spoken.code, spoken.said).kind)) return spoken;
    return ask(() => run(words(false), input, true));
  }

  /** Nothing here touches who is trusted: keys and host keys are as the user's configuration has them. */
  #options(fresh: boolean, batch: boolean): string[] {
    const { sockets, connectTimeout } = this.#settings;
    const shared =
      sockets === null || fresh
        ? ["ControlMaster=no", "ControlPath=none"]
        : ["ControlMaster=auto", `ControlPath=${sockets}/%C`, "ControlPersist=60"];
    const options = [
      ...shared,
      `BatchMode=${batch ? "yes" : "no"}`,
      `ConnectTimeout=${connectTimeout}`,
      // A host that is gone in the middle is noticed.
      "ServerAliveInterval=5",
      "ServerAliveCountMax=3",
    ];
    return ["-T", ...options.flatMap((option) => ["-o", option])];
  }
}

/** There is no ssh on this machine. */
class NoSsh extends UserFault {
  override readonly name = "NoSsh";
  override readonly kind = "ssh";
}

/** Milliseconds for the last words after ssh ended: what shares the connection may hold its standard error open. */
const LAST_WORDS = 200;

function run(args: readonly string[], input: string, atTerminal = false): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    // Away from the terminal's Ctrl-C: what a host is doing comes to its end, and is told of.
    const child: ChildProcess = spawn("ssh", [...args], {
      stdio: ["pipe", "pipe", "pipe"],
      detached: !atTerminal,
    });
    const output: Uint8Array[] = [];
    let said = "";
    child.stdout?.on("data", (bytes: Uint8Array) => output.push(bytes));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (atTerminal) process.stderr.write(text);
    });
    // A host that does not read to the end says why in its own words.
    for (const stream of child.stdio) stream?.on("error", () => {});
    child.stdin?.end(input);
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new NoSsh(error.code === "ENOENT" ? "there is no ssh here: install OpenSSH's client" : error.message),
      ),
    );
    let code = SSH_FAILED;
    const finish = (): void => resolve({ code, output: Buffer.concat(output), said });
    child.once("exit", (status) => {
      code = status ?? SSH_FAILED;
      setTimeout(() => child.stderr?.destroy(), LAST_WORDS);
    });
    child.once("close", finish);
  });
}
