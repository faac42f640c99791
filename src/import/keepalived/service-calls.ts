/** notify_master "systemctl start X", and "systemctl stop X" at the other changes: units that run on the master. */

import { say } from "../../languages/say.ts";
import { otherUnitTypes, runsOnEveryHost } from "../../plan/units.ts";
import { serviceName } from "../../topology/normalize-floating.ts";
import type { Notes } from "../notes.ts";
import type { FoundTrack } from "../observed.ts";
import { shellWord, splitCommand } from "./command-words.ts";
import { shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

/** What a program does to services. */
interface ServiceCall {
  readonly verb: "start" | "stop";
  /** Without .service. */
  readonly units: readonly string[];
  /** Whether sudo makes it root, whoever runs it. */
  readonly isRoot: boolean;
}

/** What each line has to do to units that run on the master alone. */
const verbs: Readonly<Record<string, ServiceCall["verb"] | undefined>> = {
  notify_master: "start",
  notify_backup: "stop",
  notify_fault: "stop",
  notify_stop: "stop",
};

/** Without the second one, the unit goes on where the address no longer is. */
const needed = ["notify_master", "notify_backup"];

/**
 * The units, if all lines for single states together do nothing but start them on the master and stop them elsewhere.
 *
 * @param scriptUser who runs programs that do not say it; null: not given
 * @param tracks of processes: those that have to run on every host are no such units
 * @returns null: they do something else, or not all of it
 */
export function unitsOfNotifies(
  statements: readonly Statement[],
  scriptUser: string | null,
  tracks: readonly FoundTrack[],
): readonly string[] | null {
  const byState = statements.filter(({ keyword }) => verbs[keyword] !== undefined);
  if (!needed.every((state) => byState.some(({ keyword }) => keyword === state))) return null;
  const calls = byState.map((statement) => callOf(statement, scriptUser));
  const [first] = calls;
  const units = [...new Set(first?.units)].toSorted();
  const areAlike = calls.every(
    (call, at) =>
      call !== null &&
      call.verb === verbs[byState[at]?.keyword ?? ""] &&
      [...new Set(call.units)].toSorted().join(" ") === units.join(" "),
  );
  return areAlike && units.every((unit) => isMovable(unit, tracks)) ? units : null;
}

export function tellUnits(statements: readonly Statement[], units: readonly string[], notes: Notes): void {
  for (const statement of statements.filter(({ keyword }) => keyword === "notify_master"))
    notes.changed(
      statement.place,
      say`${shown(statement)} and the lines that stop it become runOnMaster: ${units.join(", ")}, which also stops at a fault, and does not start at boot by itself`,
      say`no change is needed if that is right`,
    );
}

const unitName = /^[A-Za-z0-9][A-Za-z0-9_.@:+-]{0,127}$/;

/** As rules have it: it is a service that may stop, and no track keeps hosts without it from being master. */
function isMovable(unit: string, tracks: readonly FoundTrack[]): boolean {
  return (
    unitName.test(unit) &&
    !otherUnitTypes.test(unit) &&
    !runsOnEveryHost.has(unit) &&
    !tracks.some(
      ({ track: { type, name, weight = 0 } }) => type === "process" && name === unit && weight === 0,
    )
  );
}

/** `"COMMAND" [USER [GROUP]]`; who forgets the quotes has the command's words there. */
function callOf({ words: [command, ...rest] }: Statement, scriptUser: string | null): ServiceCall | null {
  const text = command?.text ?? "";
  const more = rest.map((word) => word.text);
  const quoted = serviceCall(text);
  if (quoted === null) return rest.length === 0 ? null : serviceCall([text, ...more].join(" "));
  const [user = scriptUser ?? "root"] = more;
  return quoted.isRoot || user === "root" ? quoted : null;
}

function serviceCall(command: string): ServiceCall | null {
  const words = splitCommand(command);
  if (words === null || shellWord(words) !== undefined) return null;
  const [program = "", ...args] = words.map(({ text }) => text);
  const read = programs.find(([form]) => form.test(program))?.[1];
  const found = read?.(args, program) ?? null;
  return found === null || found.units.length === 0 ? null : found;
}

type Read = (args: readonly string[], program: string) => ServiceCall | null;

/** By the form of the program's name. */
const programs: readonly (readonly [RegExp, Read])[] = [
  [/^(\S*\/)?systemctl$/, bySystemctl],
  [/^(\S*\/)?(service|rc-service|invoke-rc\.d)$/, ([unit = "", ...verb]) => call(verb, [unit])],
  [/^\/etc\/(rc\.d\/)?init\.d\/[^/]+$/, (verb, program) => call(verb, [program.replace(/^.*\//, "")])],
  [/^(\S*\/)?sudo$/, bySudo],
  [
    /^(\S*\/)?(ba|da)?sh$/,
    ([option, text = "", ...more]) => (option === "-c" && more.length === 0 ? serviceCall(text) : null),
  ],
];

/** Options that change nothing of what it does in the end. */
const idleOption = /^(-q|--quiet|--no-block|--no-ask-password|--no-pager|-f|--force)$/;

function bySystemctl(args: readonly string[]): ServiceCall | null {
  const [verb = "", ...units] = args.filter((word) => !idleOption.test(word));
  return call([verb], units);
}

function bySudo(args: readonly string[]): ServiceCall | null {
  const words = args[0] === "-n" ? args.slice(1) : args;
  const found = serviceCall(words.join(" "));
  return found === null ? null : { ...found, isRoot: true };
}

/** Where a unit does not run, a restart is a start. */
function call([verb = "", ...more]: readonly string[], units: readonly string[]): ServiceCall | null {
  const isStart = verb === "start" || verb === "restart";
  if (more.length > 0 || !(isStart || verb === "stop")) return null;
  return { verb: isStart ? "start" : "stop", units: units.map(serviceName), isRoot: false };
}
