/** The command of a vrrp_script -> what a topology calls it: a process, a port, a page, or a program with arguments. */

import { say } from "../../languages/say.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { Track } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import { argumentForm, programProblem, shellWord, splitCommand } from "./command-words.ts";
import { firstWord, shown } from "./keywords.ts";
import { placeOfProgram } from "./program-place.ts";
import type { Statement } from "./statements.ts";

/** What is watched; how often is elsewhere. `timeout` only where the command has its own. */
export type Watched = Pick<
  Track,
  "type" | "address" | "port" | "path" | "status" | "name" | "command" | "arguments" | "timeout"
>;

/** @returns null, with a note, where a topology cannot have it */
export function readTrackCommand(statement: Statement, notes: Notes): Watched | null {
  const text = firstWord(statement, notes);
  if (text === "") return null;
  const connection = /^<\s*\/dev\/tcp\/([^/\s]+)\/(\d+)$/.exec(text.trim());
  if (connection !== null) {
    const port = watchedPort(connection[1] ?? "", connection[2] ?? "");
    if (port !== null) {
      notes.changed(
        statement.place,
        say`${JSON.stringify(text)} is for bash, and keepalived uses no shell: the topology has the track of a tcp port`,
        say`no change is needed if that is right`,
      );
      return port;
    }
  }
  const quiet = withoutRedirections(text);
  const words = splitCommand(quiet);
  if (words === null || words.length === 0) return leave(statement, say`quote without an end`, notes);
  if (shellWord(words) !== undefined) return inShell(statement, text, notes);
  if (quiet !== text)
    notes.changed(
      statement.place,
      say`${shown(statement)}: keepalived uses no shell, so that redirections are arguments; the topology does without them`,
      say`no change is needed`,
    );
  const more = statement.words.slice(1).map(({ text: word }) => word);
  if (more.length > 0)
    notes.changed(
      statement.place,
      say`keepalived ignores what follows the first word (${more.join(" ").slice(0, 60)}); in the topology they are arguments`,
      say`remove them from the track's arguments if that is wrong`,
    );
  return watchedBy([...words.map((word) => word.text), ...more], statement, notes);
}

function watchedBy(texts: readonly string[], statement: Statement, notes: Notes): Watched | null {
  const [program = "", ...args] = texts;
  const recognised = programs[program.replace(/^.*\//, "")]?.(args) ?? null;
  if (recognised !== null) {
    const { about, isOwn, ...watched } = recognised;
    if (isOwn) return watched;
    notes.changed(
      statement.place,
      about === undefined
        ? say`${shown(statement)} becomes the track of ${nameOf(watched)}`
        : say`${shown(statement)} becomes the track of ${nameOf(watched)}: ${about}`,
      say`no change is needed if that is right`,
    );
    return watched;
  }
  const command = placeOfProgram(program, statement, notes);
  const problem = programProblem(command, args);
  if (problem !== null) return leave(statement, problem, notes);
  return { type: "script", command, ...(args.length === 0 ? {} : { arguments: args }) };
}

function leave(statement: Statement, problem: string, notes: Notes): null {
  notes.leftOut(
    statement.place,
    say`${shown(statement)}: ${problem}; the track is left out`,
    say`write a script that runs the whole command, and add a track with its path as command`,
    { effect: "traffic" },
  );
  return null;
}

/** What needs a shell gets one: without it the command is another one, which mostly fails. */
function inShell(statement: Statement, text: string, notes: Notes): Watched | null {
  if (!argumentForm.test(text)) return leave(statement, say`a topology cannot have the command`, notes);
  notes.changed(
    statement.place,
    say`${shown(statement)} is for a shell, and keepalived uses none since 1.3: the topology has /bin/sh run it`,
    say`no change is needed if that is right`,
    { effect: "traffic" },
  );
  return { type: "script", command: "/bin/sh", arguments: ["-c", text] };
}

/** What it prints goes nowhere anyhow; a status that is not 0 fails, whatever its number. */
function withoutRedirections(text: string): string {
  return text
    .replace(/\s*\|\|\s*exit(\s+[1-9]\d*)?\s*$/, "")
    .replaceAll(/\s*(?<![^\s])(\d?>>?|&>)\s*(\/dev\/null(?=\s|$)|&\d(?=\s|$))/g, "");
}

interface Recognised extends Watched {
  /** Where it is not quite the same. */
  readonly about?: string;
  /** The topology is where the command is from: there is nothing to say. */
  readonly isOwn?: boolean;
}

const programs: Readonly<Record<string, ((args: readonly string[]) => Recognised | null) | undefined>> = {
  killall: (args) => (args[0] === "-0" && args.length === 2 ? processOf(args[1]) : null),
  pidof: ([...args]) => (args.length === 1 ? processOf(args[0]) : null),
  pgrep: (args) => matched(args),
  pkill: ([signal, ...args]) => (signal === "-0" ? matched(args) : null),
  curl: pageOf,
  nc: connectionOf,
  netcat: connectionOf,
  "lvs_track.sh": ownTrack,
};

/** As lvsgen renders them. */
function ownTrack([type, ...args]: readonly string[]): Recognised | null {
  if (type === "process") return args.length === 1 ? own(processOf(args[0])) : null;
  const [address = "", number = "", ...more] = args;
  const port = watchedPort(address, number);
  const seconds = Number(more.at(-1));
  if (port === null || !Number.isInteger(seconds)) return null;
  if (type === "tcp") return more.length === 1 ? own({ ...port, timeout: seconds }) : null;
  const [path = "", statuses = ""] = more;
  if (type !== "http" || more.length !== 3 || !pathForm.test(path)) return null;
  const status = statuses.split(",").map((each) => (each.includes("-") ? each : Number(each)));
  return own({ ...port, type, path, status, timeout: seconds });
}

function own(watched: Watched | null): Recognised | null {
  return watched === null ? null : { ...watched, isOwn: true };
}

const processName = /^[A-Za-z0-9][A-Za-z0-9_.@:+-]{0,62}$/;

function processOf(name: string | undefined): Recognised | null {
  return name !== undefined && processName.test(name) ? { type: "process", name } : null;
}

/** pgrep looks for a pattern in names. */
function matched(args: readonly string[]): Recognised | null {
  if (args.length === 2 && args[0] === "-x") return processOf(args[1]);
  const found = args.length === 1 && /^[A-Za-z0-9_-]+$/.test(args[0] ?? "") ? processOf(args[0]) : null;
  return found === null ? null : { ...found, about: say`longer names with it do not count` };
}

/** curl with options that change nothing of what is asked; without -f every answer is good. */
function pageOf(args: readonly string[]): Recognised | null {
  let url: string | null = null;
  let isStrict = false;
  let timeout: number | null = null;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (/^-[sSfgN4]*o$|^--output$/.test(word)) {
      if (args[++at] !== "/dev/null") return null;
    } else if (/^(-m|--max-time|--connect-timeout)$/.test(word)) {
      const seconds = Number(args[++at]);
      if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) return null;
      timeout = Math.min(seconds, timeout ?? seconds);
    } else if (!/^(-[sSfgN4]+|--silent|--show-error|--fail|--globoff)$/.test(word)) {
      if (word.startsWith("-") || url !== null) return null;
      url = word;
    }
    isStrict ||= /^-[sSfgN4]*f|^--fail$/.test(word);
  }
  const page = url === null ? null : readUrl(url);
  if (page === null) return null;
  return {
    type: "http",
    ...page,
    status: isStrict ? ["200-399"] : ["100-599"],
    ...(timeout === null ? {} : { timeout }),
    ...(isStrict ? {} : { about: say`without -f, curl takes every status` }),
  };
}

function readUrl(url: string): Pick<Watched, "address" | "port" | "path"> | null {
  const found = /^(?:http:\/\/)?(\[[^\]/]+\]|[^:/?#[\]]+)(?::(\d+))?(\/[^#]*)?$/i.exec(url);
  if (found === null || url.includes("@")) return null;
  const [, host = "", number = "80", path = "/"] = found;
  const port = watchedPort(host.replaceAll(/[[\]]/g, ""), number);
  if (port === null || !pathForm.test(path)) return null;
  const { type: _, ...place } = port;
  return { ...place, path };
}

const pathForm = /^\/[A-Za-z0-9._~/%&=+,:@?-]{0,1000}$/;

/** `nc -z HOST PORT`: whether something listens. */
function connectionOf(args: readonly string[]): Recognised | null {
  const places: string[] = [];
  let only = false;
  let timeout: number | null = null;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (/^-[znv4]+$/.test(word)) only ||= word.includes("z");
    else if (/^-[znv4]*w$/.test(word)) {
      only ||= word.includes("z");
      timeout = Number(args[++at]);
      if (!Number.isInteger(timeout) || timeout < 1 || timeout > 3600) return null;
    } else if (word.startsWith("-")) return null;
    else places.push(word);
  }
  const port = only && places.length === 2 ? watchedPort(places[0] ?? "", places[1] ?? "") : null;
  return port === null ? null : { ...port, ...(timeout === null ? {} : { timeout }) };
}

/** A port of an address; the loopback address is a track's default. */
function watchedPort(host: string, number: string): Pick<Watched, "type" | "address" | "port"> | null {
  const ip = host === "localhost" ? loopback : canonicalIp(host);
  const port = Number(number);
  if (ip === null || !Number.isInteger(port) || port < 1 || port > 65535) return null;
  return { type: "tcp", ...(ip === loopback ? {} : { address: ip }), port };
}

const loopback = "127.0.0.1";

function nameOf({ type, name, port }: Watched): string {
  return type === "process" ? say`the process ${name}` : say`${type} port ${port}`;
}
