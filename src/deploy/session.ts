/** The system's ssh to one host, with the user's configuration, keys and known_hosts; all calls share a connection. */

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
  /** A private folder for the sockets of shared connections; null: connections are not shared. */
  readonly sockets: string | null;
  /** Seconds to wait for a host to answer. */
  readonly connectTimeout: number;
  /** There is a person at a terminal, whom ssh may ask for a passphrase or about a host key. */
  readonly ask: ((work: () => Promise<Spoken>) => Promise<Spoken>) | null;
}

/** The result of one ssh. */
export interface Spoken {
  readonly code: number;
  readonly output: Uint8Array;
  readonly said: string;
}

/** ssh or sudo failed, so that the host did not answer. */
export class HostFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.words);
    this.failure = failure;
  }
}

/** The user that ssh's configuration has for an address or alias; null if ssh does not say. */
export async function configuredUser(address: string): Promise<string | null> {
  const { output } = await run(["-G", "--", address], "");
  return /^user (.+)$/m.exec(Buffer.from(output).toString())?.[1] ?? null;
}

/** Failures that a person at the terminal can fix by answering ssh's question. */
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
   * @param fresh with a new connection, to find out whether the host can be reached now
   * @throws HostFailed if the host did not answer, or the connection was lost
   */
  async ask(script: string, { fresh = false } = {}): Promise<HostAnswer> {
    const { sudo } = this.#settings;
    await this.#checkPassword(fresh);
    const spoken = await this.#speak(rootCommand(this.#ssh, sudo), scriptInput(sudo, script), fresh);
    const answer = parseAnswer(spoken.output);
    if (answer === null) throw new HostFailed(failureOf(this.#ssh, spoken.code, spoken.said));
    return answer;
  }

  /**
   * Runs a command of the user's, as it is, in the login shell of ssh's user. Its standard input is empty.
   *
   * @param onText gets what it prints, piece by piece
   * @returns its exit status; ssh's own is 255, if the connection failed or was lost
   */
  async execute(command: string, onText: (text: string) => void): Promise<number> {
    const words = [...this.#options(false, true), ...destinationArguments(this.#ssh), command];
    return (await run(words, "", { onText })).code;
  }

  /** Ends the shared connection, if there is one. */
  async close(): Promise<void> {
    if (this.#settings.sockets === null) return;
    await run(["-O", "exit", ...this.#options(false, true), ...destinationArguments(this.#ssh)], "");
  }

  /** Checks the password once, before any script: sudo would read a script's first lines as further tries. */
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
    return ask(() => run(words(false), input, { atTerminal: true }));
  }

  /** No option changes whom ssh trusts: keys and host keys are those of the user's configuration. */
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
      // Notice a host that disappears during a call.
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

/** Milliseconds to wait for output after ssh ended: a shared connection may keep its standard error open. */
const LAST_WORDS = 200;

interface Running {
  readonly atTerminal?: boolean;
  /** Gets all output, of both streams. */
  readonly onText?: (text: string) => void;
}

function run(
  args: readonly string[],
  input: string,
  { atTerminal = false, onText = () => {} }: Running = {},
): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    // The terminal's Ctrl-C must not end ssh: the host finishes what it is doing, and reports it.
    const child: ChildProcess = spawn("ssh", [...args], {
      stdio: ["pipe", "pipe", "pipe"],
      detached: !atTerminal,
    });
    const output: Uint8Array[] = [];
    let said = "";
    const decoder = new TextDecoder();
    child.stdout?.on("data", (bytes: Uint8Array) => {
      output.push(bytes);
      onText(decoder.decode(bytes, { stream: true }));
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      onText(text);
      if (atTerminal) process.stderr.write(text);
    });
    // If the host stops reading early, its own message says why.
    for (const stream of child.stdio) stream?.on("error", () => {});
    child.stdin?.end(input);
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new NoSsh(
          error.code === "ENOENT" ? "ssh is not installed: install the OpenSSH client" : error.message,
        ),
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
