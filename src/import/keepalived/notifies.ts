/** notify and notify_master and the like: programs of the user's that keepalived runs at changes of state. */

import { say } from "../../languages/say.ts";
import { inOpenFolder } from "../../plan/open-folders.ts";
import { unitsScriptPath } from "../../plan/units.ts";
import type { FloatingAddress, ProgramToRun } from "../../topology/input.generated.ts";
import type { NotifyState } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import type { FoundTrack } from "../observed.ts";
import { argumentForm, programProblem, shellWord, splitCommand } from "./command-words.ts";
import { firstWord, type Reader, shown, tellUnsupported } from "./keywords.ts";
import { placeOfProgram } from "./program-place.ts";
import { tellUnits, unitsOfNotifies } from "./service-calls.ts";
import type { Statement } from "./statements.ts";

export type Notifies = Pick<FloatingAddress, "notify" | "notifyOn" | "runOnMaster">;

/** What else decides what the lines are. */
export interface NotifyContext {
  /** Who runs programs that do not say it; null: not given. */
  readonly scriptUser: string | null;
  /** What the hosts of the address watch. */
  readonly track: readonly FoundTrack[];
}

const states: Readonly<Record<string, NotifyState | "all">> = {
  notify: "all",
  notify_master: "master",
  notify_backup: "backup",
  notify_fault: "fault",
  notify_stop: "stop",
};

export const notifyKeywords = Object.keys(states);

/** Readers that keep them for later: of directors a topology has none. */
export function notifyReaders<D extends { readonly notifies: Statement[] }>(): Record<string, Reader<D>> {
  return Object.fromEntries(
    notifyKeywords.map((keyword) => [
      keyword,
      ({ notifies }: D, statement: Statement) => {
        notifies.push(statement);
      },
    ]),
  );
}

const userForm = /^[a-z_][a-z0-9_-]{0,31}$/;

export function notifiesOf(
  lines: readonly Statement[],
  { scriptUser, track }: NotifyContext,
  notes: Notes,
): Notifies {
  const statements = lines.filter((line) => !isOwn(line));
  tellOwn(lines.find(isOwn), notes);
  const units = unitsOfNotifies(statements, scriptUser, track);
  if (units !== null) tellUnits(statements, units, notes);
  const programs = statements
    .filter(({ keyword }) => units === null || keyword === "notify")
    .flatMap((statement) => {
      const program = programOf(statement, scriptUser, notes);
      return program === null ? [] : [[states[statement.keyword] ?? "all", program] as const];
    });
  const byState = programs.filter(([state]) => state !== "all");
  const all = programs.find(([state]) => state === "all")?.[1];
  return {
    ...(all === undefined ? {} : { notify: all }),
    ...(byState.length === 0 ? {} : { notifyOn: Object.fromEntries(byState) }),
    ...(units === null ? {} : { runOnMaster: [...units] }),
  };
}

/** lvsgen renders it for runOnMaster. */
function isOwn({ words }: Statement): boolean {
  return words[0]?.text === unitsScriptPath;
}

function tellOwn(line: Statement | undefined, notes: Notes): void {
  if (line !== undefined)
    notes.leftOut(
      line.place,
      say`${unitsScriptPath} starts and stops the units of runOnMaster, whose names are in it on the host`,
      say`add them to runOnMaster`,
    );
}

/** Directors have none. */
export function leaveNotifiesOut(statements: readonly Statement[], notes: Notes): void {
  for (const statement of statements) tellUnsupported(statement, true, notes);
}

/** `"PROGRAM ARGUMENTS" [USER [GROUP]]`. */
function programOf(statement: Statement, scriptUser: string | null, notes: Notes): ProgramToRun | null {
  const text = firstWord(statement, notes);
  if (text === "") return null;
  const words = splitCommand(text);
  const [program = "", ...args] = (words ?? []).map((word) => word.text);
  const command = placeOfProgram(program, statement, notes);
  const problem = words === null ? say`quote without an end` : programProblem(command, args);
  if (words === null || problem !== null) return leave(statement, problem ?? "", notes);
  const [user, group] = statement.words.slice(1).map((word) => word.text);
  if (user !== undefined && !userForm.test(user)) {
    notes.notUnderstood(
      statement.place,
      say`${JSON.stringify(user)} is not the name of a user`,
      say`put the command and its arguments in quotes`,
    );
  }
  if (group !== undefined)
    notes.leftOut(
      statement.place,
      say`the group ${group} is left out: a topology has the user's own`,
      say`make it the user's primary group`,
    );
  const runner = user !== undefined && userForm.test(user) ? user : (scriptUser ?? "root");
  if (runner === "root" && inOpenFolder(command))
    return leave(statement, say`root would run ${command}, which other users can replace`, notes);
  if (shellWord(words) !== undefined) {
    if (!argumentForm.test(text)) return leave(statement, say`a topology cannot have the command`, notes);
    notes.changed(
      statement.place,
      say`${shown(statement)} is for a shell, and keepalived uses none since 1.3: the topology has /bin/sh run it`,
      say`no change is needed if that is right`,
    );
    return { command: "/bin/sh", arguments: ["-c", text], ...by(runner) };
  }
  return { command, ...(args.length === 0 ? {} : { arguments: args }), ...by(runner) };
}

function by(user: string): Pick<ProgramToRun, "user"> {
  return user === "root" ? {} : { user };
}

function leave(statement: Statement, problem: string, notes: Notes): null {
  notes.leftOut(
    statement.place,
    say`${shown(statement)}: ${problem}; it is left out`,
    say`write a script that runs the whole command, and add it as notify or notifyOn with its absolute path`,
    { effect: "traffic" },
  );
  return null;
}
