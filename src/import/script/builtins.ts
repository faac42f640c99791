/** The shell's own commands, as far as they change what is read afterwards. */

import type { Command } from "unbash";
import type { Place } from "../place.ts";
import { numberOf } from "./arithmetic.ts";
import { type AssignOptions, assign } from "./assign.ts";
import { testWords } from "./conditions.ts";
import {
  type Context,
  done,
  type Machine,
  type Outcome,
  type RunNode,
  type Signal,
  unsure,
} from "./machine.ts";
import { statementsOf, treeOf } from "./parse.ts";
import { readLine, readList } from "./read.ts";
import { baseName, fileNamed } from "./redirections.ts";
import { isText, isUnknown, type Text } from "./values.ts";

interface Call {
  readonly node: Command;
  readonly words: readonly Text[];
  readonly place: Place;
}

export type Builtin = (call: Call, machine: Machine, context: Context, run: RunNode) => Outcome;

const nothing: Builtin = () => done;
const answers =
  (ok: boolean): Builtin =>
  () => ({ ok, signal: null });

const leaves =
  (kind: Signal["kind"]): Builtin =>
  ({ words: [first] }) => ({
    ok: first === undefined || first === "0" ? true : null,
    signal: { kind, levels: isText(first) && /^[1-9]\d*$/.test(first) ? Number(first) : 1 },
  });

const declares =
  (isLocal: boolean): Builtin =>
  (call, machine) =>
    declare(call, machine, isLocal);

export const builtins: Readonly<Record<string, Builtin>> = {
  ":": nothing,
  true: nothing,
  false: answers(false),
  break: leaves("break"),
  continue: leaves("continue"),
  return: leaves("return"),
  exit: leaves("exit"),
  export: declares(false),
  readonly: declares(false),
  declare: (call, machine) => declare(call, machine, machine.variables.depth > 1),
  typeset: (call, machine) => declare(call, machine, machine.variables.depth > 1),
  local: declares(true),
  unset: ({ words }, machine) => {
    for (const word of words) if (isText(word)) machine.variables.unset(word);
    return done;
  },
  shift: ({ words: [count = "1"], place }, machine) => {
    const { positional } = machine.variables;
    const number = isText(count) ? numberOf(count, machine, place) : null;
    machine.variables.positional = positional === null || number === null ? null : positional.slice(number);
    return done;
  },
  set: ({ words }, machine) => {
    const at = words.findIndex((word) => !isText(word) || word === "--" || !/^[-+]/.test(word));
    // Options alone (set -e) leave the arguments.
    if (at >= 0 && !words.slice(0, at).includes("-o"))
      machine.variables.positional = words.slice(words[at] === "--" ? at + 1 : at);
    return done;
  },
  let: ({ words, place }, machine) => {
    const values = words.map((word) => (isText(word) ? numberOf(word, machine, place) : null));
    const last = values.at(-1) ?? null;
    return { ok: last === null ? null : last !== 0, signal: null };
  },
  "[": ({ words }) => ({ ok: testWords(words.at(-1) === "]" ? words.slice(0, -1) : words), signal: null }),
  test: ({ words }) => ({ ok: testWords(words), signal: null }),
  read: ({ words }, machine, context) => readLine(words, machine, context.input),
  mapfile: ({ words }, machine, context) => readList(words, machine, context.input),
  readarray: ({ words }, machine, context) => readList(words, machine, context.input),
  eval: (call, machine, context) => runText(call.words, call.place, machine, context),
  ".": sourceFile,
  source: sourceFile,
  // What runs at the end, or on a signal, is no part of what the script sets up.
  trap: ({ words: [action] }, machine) => {
    const body = isText(action) ? machine.functions.get(action) : undefined;
    if (body !== undefined) body.isCalled = true;
    return done;
  },
};

function declare({ node, words, place }: Call, machine: Machine, isLocal: boolean): Outcome {
  const hasKeys = words.some((word) => isText(word) && /^-[a-z]*A/.test(word));
  const options: AssignOptions = { isLocal, hasKeys };
  for (const each of node.args) {
    if (each.type === "Assignment") assign(each, machine, place, options);
    else if (/^[A-Za-z_]\w*$/.test(each.value)) declareEmpty(each.value, machine, options);
  }
  // `export $(…)` may set anything; what it sets stays unknown.
  return done;
}

function declareEmpty(name: string, machine: Machine, { isLocal, hasKeys }: AssignOptions): void {
  if (hasKeys === true && machine.variables.get(name) === undefined)
    machine.variables.set(name, { items: new Map(), hasKeys });
  else if (isLocal === true) machine.variables.setLocal(name, "");
}

/** Text that becomes commands: of eval. */
function runText(words: readonly Text[], place: Place, machine: Machine, context: Context): Outcome {
  if (words.some(isUnknown)) return unsure;
  const statements = statementsOf(words.join(" "));
  return statements === null
    ? unsure
    : machine.runStatements(statements, machine, { ...context, at: () => place });
}

/** Libraries of init scripts: they set up nothing of a cluster. */
const libraries = /^(functions|init-functions|rc\.status|rc\.subr|network|runscript\.sh)$/;

/** Files within files. */
const maximumFiles = 200;

function sourceFile({ node, words, place }: Call, machine: Machine, context: Context): Outcome {
  const [first] = words;
  const shown = node.args[0]?.text ?? "";
  const name = baseName(isText(first) ? first : shown.replaceAll(/["']/g, ""));
  const file = fileNamed(name, machine);
  if (file === undefined) {
    if (!libraries.test(name)) machine.missing.push({ name: isText(first) ? first : shown, place });
    return unsure;
  }
  if (machine.reads >= maximumFiles) return unsure;
  machine.reads++;
  machine.sourced.add(file);
  const { statements, at } = treeOf(file);
  const outcome = machine.runStatements(statements, machine, { ...context, at });
  return outcome.signal?.kind === "return" ? done : outcome;
}
