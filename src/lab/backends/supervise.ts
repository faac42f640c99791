/** Runs a runner's process: reads its events, bounds its time, ends it and only it. */

import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { atEnd } from "../../base/ending.ts";
import { type LabEvent, parseEvent } from "../events.ts";
import { LabBroken, NoKernel, type RunOptions } from "./backend.ts";

/** Console text kept for the report of a kernel that died. */
const CONSOLE_KEPT = 8000;

/**
 * Ends the runner's whole group, and removes its folder, when whoever started it is gone without a word (SIGKILL, a
 * crash, a program that uses the library and is ended by Ctrl-C): its end of the pipe closes then, whatever the reason.
 * The runner takes this shell's place and so leads the group: User-Mode Linux leaves any group it does not lead.
 */
const WATCH = `setsid sh -c 'read -r word; [ "$word" = done ] || { kill -KILL -"$1"; rm -rf -- "$2"; }' \
  watch "$$" "$1" <&4 >/dev/null 2>&1 3>&- 4>&- &
shift
exec 4<&-
exec "$@"`;

export type SuperviseOptions = Omit<RunOptions, "kernel">;

/** How the first script of a kernel says, on the console, why it cannot go on. */
export const COMPLAINT = "lvsgen lab:";

/**
 * Resolves when the runner reported its end, or was ended after it said that it stays.
 *
 * @param folder the run's own, removed should this process die first
 * @throws LabBroken when it ended without, ran out of time, or was interrupted; NoKernel when its kernel did not come
 */
export async function superviseRunner(
  command: string,
  args: readonly string[],
  options: SuperviseOptions,
  folder: string,
): Promise<void> {
  const child = options.interactive
    ? spawn(command, [...args], { stdio: ["inherit", "inherit", "pipe", "pipe"] })
    : // A group of its own: a kernel's helper processes end with it, and a terminal's Ctrl-C comes to us alone.
      spawn("sh", ["-c", WATCH, "lab", folder, command, ...args], {
        stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
        detached: true,
      });
  // Each pipe is a socket with two ends: one that is closed with something unread resets the other (unix(7)).
  for (const stream of child.stdio) stream?.on("error", () => {});
  const outcome: Outcome = {
    booted: options.bootSeconds === undefined,
    late: false,
    finished: false,
    stays: false,
    error: "",
    console: "",
    thrown: null,
  };
  follow(child.stdio[3] as Readable, (event) => {
    try {
      note(event, outcome, options);
    } catch (thrown) {
      // The receiver could not go on (a full standard output): the lab is of no use to it any more.
      outcome.thrown ??= { error: thrown };
      kill(child);
    }
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      outcome.console = (outcome.console + text).slice(-CONSOLE_KEPT);
    });
  }
  await ended(child, options, outcome);
  outcome.console = withoutStack(outcome.console);
  if (outcome.thrown !== null) throw outcome.thrown.error;
  if (outcome.error !== "") throw new LabBroken(outcome.error);
  if (!outcome.booted) throw noKernel(child, options, outcome);
  if (!outcome.finished) throw new LabBroken(`${endOf(child)} without a result\n${outcome.console.trim()}`);
}

/** What the kernel's first script said; otherwise how it ended, and the console's last words. */
function noKernel(child: ChildProcess, options: SuperviseOptions, { console, late }: Outcome): NoKernel {
  const lines = console.split(/\r?\n/).filter((line) => line.trim() !== "");
  const complaint = lines.find((line) => line.includes(COMPLAINT));
  if (complaint !== undefined)
    return new NoKernel(complaint.slice(complaint.indexOf(COMPLAINT) + COMPLAINT.length).trim(), {
      complains: true,
    });
  const end = late ? `did not come up within ${options.bootSeconds} s` : `did not come up: ${endOf(child)}`;
  return new NoKernel([`the lab's kernel ${end}`, ...lines.slice(-3)].join("\n"));
}

function endOf({ signalCode }: ChildProcess): string {
  return signalCode === null ? "the lab's kernel ended" : `the lab's kernel was ended by ${signalCode}`;
}

/** What a program said that ended by a fault of its own, without JavaScript's stack. */
function withoutStack(console: string): string {
  return console.replace(/^ +at .*\n?/gm, "");
}

interface Outcome {
  /** The kernel is there. */
  booted: boolean;
  /** It did not come in time. */
  late: boolean;
  finished: boolean;
  /** All is done, and the lab is kept for somebody to look around. */
  stays: boolean;
  error: string;
  console: string;
  /** What the receiver of events threw. */
  thrown: { readonly error: unknown } | null;
}

function note(event: LabEvent, outcome: Outcome, options: SuperviseOptions): void {
  if (event.type === "booted") outcome.booted = true;
  if (event.type === "finished") outcome.finished = true;
  if (event.type === "kept" || event.type === "shell") outcome.stays = true;
  if (event.type === "error") outcome.error ||= event.message;
  options.onEvent(event);
}

function follow(stream: Readable, onEvent: (event: LabEvent) => void): void {
  let buffer = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    buffer += text;
    for (let end = buffer.indexOf("\n"); end >= 0; end = buffer.indexOf("\n")) {
      const event = parseEvent(buffer.slice(0, end));
      buffer = buffer.slice(end + 1);
      if (event) onEvent(event);
    }
  });
}

function ended(child: ChildProcess, options: SuperviseOptions, outcome: Outcome): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (reason: string): void => {
      outcome.error ||= reason;
      kill(child);
    };
    const onAbort = (): void => {
      if (!outcome.stays) stop("interrupted");
      outcome.finished = true;
      kill(child);
    };
    const onTimeout = (): void => {
      if (!outcome.stays) stop(`the lab took longer than ${options.timeout} s: --timeout gives it more`);
    };
    const timer = setTimeout(onTimeout, options.timeout * 1000);
    const onLate = (): void => {
      if (outcome.booted) return;
      outcome.late = true;
      kill(child);
    };
    const bootTimer =
      options.bootSeconds === undefined ? null : setTimeout(onLate, options.bootSeconds * 1000);
    const killWithUs = (): void => kill(child);
    options.signal.addEventListener("abort", onAbort);
    const forget = atEnd(killWithUs);
    if (options.signal.aborted) onAbort();
    child.once("error", (error) =>
      finish(() => reject(new LabBroken(`cannot run the lab: ${error.message}`))),
    );
    // Nothing is left to watch over.
    child.once("exit", () => (child.stdio[4] as Writable | undefined)?.end("done\n"));
    child.once("close", () => finish(resolve));

    function finish(settle: () => void): void {
      clearTimeout(timer);
      if (bootTimer !== null) clearTimeout(bootTimer);
      options.signal.removeEventListener("abort", onAbort);
      forget();
      settle();
    }
  });
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    // The whole group where it is one; a kernel's processes are its children.
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
