/**
 * The simple commands of hand-written scripts, with all that is constant filled in: parse -> run -> commands.
 *
 * Nothing is executed. Conditions that are unknown go all ways; loops are read whole, or left out whole.
 */

import type { Place, Source } from "../place.ts";
import { textOf } from "./expand.ts";
import { type Gap, type Machine, maximumSteps, type SimpleCommand, startContext } from "./machine.ts";
import { treeOf } from "./parse.ts";
import { baseName } from "./redirections.ts";
import { runStatements, runUncalled } from "./run.ts";
import { Variables } from "./values.ts";

export interface ShellText {
  readonly commands: readonly SimpleCommand[];
  readonly gaps: readonly Gap[];
  /** Files that a script sources, and that were not given along. */
  readonly missing: readonly { readonly name: string; readonly place: Place }[];
  readonly errors: readonly { readonly message: string; readonly place: Place }[];
  /** The place where reading ends, as loops have too many turns; null: all was read. */
  readonly cut: Place | null;
}

/**
 * @param scripts in their order, each in a shell of its own; one that another sources is read there
 * @param files what was given along, scripts or not; unread are those that no script reads
 */
export function shellCommands(
  scripts: readonly Source[],
  files: readonly Source[],
): { readonly texts: readonly ShellText[]; readonly unread: readonly Source[] } {
  const byName = new Map(files.map((source) => [baseName(source.name), source]));
  const sourced = new Set<Source>();
  const read = (source: Source) => ({ source, text: scriptCommands(source, byName, sourced) });
  const texts = scripts.map(read);
  return {
    texts: texts.flatMap(({ source, text }) => (sourced.has(source) ? [] : text)),
    unread: files.filter((file) => !scripts.includes(file) && !sourced.has(file)),
  };
}

function scriptCommands(source: Source, files: ReadonlyMap<string, Source>, sourced: Set<Source>): ShellText {
  const { statements, at, errors } = treeOf(source);
  const machine: Machine = {
    variables: new Variables(),
    functions: new Map(),
    commands: [],
    gaps: [],
    files: new Map([...files].filter(([, file]) => file !== source)),
    written: new Map(),
    sourced,
    reads: 0,
    missing: [],
    callsUnknown: false,
    steps: maximumSteps + statements.length,
    cut: null,
    runStatements,
    textOf,
  };
  const context = startContext(at);
  runStatements(statements, machine, context);
  const { commands, gaps, missing } = machine;
  const isIdle = commands.every(({ program }) => program !== "ipvsadm");
  if (machine.cut === null && (machine.callsUnknown || isIdle)) runUncalled(machine, context);
  return { commands, gaps, missing, errors, cut: machine.cut };
}
