/** Loops: read whole, turn by turn, or left out whole. */

import type { ArithmeticFor, For, Statement, While } from "unbash";
import { say } from "../../languages/say.ts";
import type { Place } from "../place.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { fieldsOf } from "./expand.ts";
import {
  type Context,
  copyVariables,
  done,
  type Machine,
  type Outcome,
  type SimpleCommand,
  takeStep,
  unsure,
} from "./machine.ts";
import { described, isUnknown, type Text, unknown, type Variables } from "./values.ts";

type RunBody = (statements: readonly Statement[], context: Context) => Outcome;

/** Of one loop; more is one that waits or watches. */
const maximumTurns = 5000;

export function runFor(node: For, machine: Machine, context: Context, run: RunBody): Outcome {
  const place = context.at(node.pos);
  const name = node.name.value;
  const values = valuesOf(node, machine, place);
  const strange = values.find(isUnknown);
  const body = (inside: Context) => run(node.body.commands, inside);
  if (strange !== undefined) {
    machine.variables.set(name, unknown(`$${name}`));
    return skipLoop(place, say`the value of ${described(strange)}`, machine, context, body);
  }
  const turns = values.values();
  const next = () => {
    const turn = turns.next();
    if (turn.done !== true) machine.variables.set(name, turn.value);
    return turn.done !== true;
  };
  return runTurns(place, machine, context, body, next, true);
}

function valuesOf({ wordlist }: For, machine: Machine, place: Place): readonly Text[] {
  if (wordlist !== undefined) return fieldsOf(wordlist, machine, place);
  return machine.variables.positional ?? [unknown("$@", true)];
}

export function runArithmeticFor(
  node: ArithmeticFor,
  machine: Machine,
  context: Context,
  run: RunBody,
): Outcome {
  const place = context.at(node.pos);
  arithmeticValue(node.initialize, machine, place);
  let isFirst = true;
  return runTurns(
    place,
    machine,
    context,
    (inside) => run(node.body.commands, inside),
    () => {
      if (!isFirst) arithmeticValue(node.update, machine, place);
      isFirst = false;
      if (node.test === undefined) return true;
      const value = arithmeticValue(node.test, machine, place);
      return value === null ? null : value !== 0;
    },
  );
}

export function runWhile(node: While, machine: Machine, context: Context, run: RunBody): Outcome {
  const place = context.at(node.pos);
  return runTurns(
    place,
    machine,
    context,
    (inside) => run(node.body.commands, inside),
    () => {
      const { ok } = run(node.clause.commands, { ...context, loop: context.loop ?? place });
      return ok === null ? null : ok === (node.kind === "while");
    },
  );
}

/**
 * @param next begins a turn: false at the end, null where it is unknown whether there is one
 * @param isList whether the turns are those of a list, which ends
 */
function runTurns(
  place: Place,
  machine: Machine,
  context: Context,
  body: (context: Context) => Outcome,
  next: () => boolean | null,
  isList = false,
): Outcome {
  const inside = { ...context, loop: context.loop ?? place };
  const start = {
    commands: machine.commands.length,
    gaps: machine.gaps.length,
    variables: copyVariables(machine),
    output: context.output?.text,
  };
  const giveUp = (what: string) => {
    machine.commands.length = start.commands;
    machine.gaps.length = start.gaps;
    if (context.output !== null) context.output.text = start.output ?? "";
    forget(machine, start.variables);
    return skipLoop(place, what, machine, context, body);
  };
  for (let turn = 0; ; turn++) {
    if (!takeStep(machine, () => place)) return cutOff(start.commands, machine);
    const before =
      turn === 1 && !isList ? { variables: copyVariables(machine), read: context.input?.from } : null;
    const goesOn = next();
    if (goesOn === null) return giveUp(say`how often the loop turns`);
    if (!goesOn) return done;
    if (turn >= maximumTurns) return giveUp(say`when the loop ends`);
    const { signal } = body(inside);
    if (machine.cut !== null) return cutOff(start.commands, machine);
    if (signal?.kind === "exit" || signal?.kind === "return") return { ok: null, signal };
    if (signal !== null && signal.levels > 1)
      return { ok: null, signal: { ...signal, levels: signal.levels - 1 } };
    if (signal?.kind === "break") return unsure;
    // A turn that changes nothing is followed by another one like it.
    if (before?.variables.equals(machine.variables) === true && before.read === context.input?.from)
      return giveUp(say`when the loop ends`);
  }
}

function cutOff(commands: number, machine: Machine): Outcome {
  machine.commands.length = commands;
  return { ok: null, signal: { kind: "exit", levels: 0 } };
}

/** What the loop changed is unknown. */
function forget(machine: Machine, before: Variables): void {
  machine.variables.become([before, machine.variables.copy()]);
}

/**
 * A loop whose turns are unknown. Where every turn does the same, as where it watches, one turn is all of it; otherwise
 * nothing of it is read, and one turn shows what is left out.
 */
export function skipLoop(
  place: Place,
  what: string,
  machine: Machine,
  context: Context,
  body: (context: Context) => Outcome,
): Outcome {
  const { variables } = machine;
  const gaps = machine.gaps.length;
  const output = context.output === null ? null : { text: context.output.text };
  const inside = { ...context, output, isStraight: false, loop: context.loop ?? place };
  machine.variables = copyVariables(machine);
  const [first, second] = [oneTurn(machine, inside, body), oneTurn(machine, inside, body)];
  const isSame = textOf(first) === textOf(second) && first.every((command) => command.unknown === null);
  if (isSame && machine.gaps.length === gaps) machine.commands.push(...first);
  else {
    machine.gaps.length = gaps;
    machine.gaps.push({ place, what, commands: first, loop: context.loop });
  }
  if (context.output !== null && output?.text !== context.output.text) context.output.text = unknown(what);
  const after = machine.variables;
  machine.variables = variables;
  machine.variables.become([variables.copy(), after]);
  return unsure;
}

function oneTurn(machine: Machine, inside: Context, body: (context: Context) => Outcome): SimpleCommand[] {
  const { commands } = machine;
  machine.commands = [];
  body(inside);
  const turn = machine.commands;
  machine.commands = commands;
  return turn;
}

function textOf(commands: readonly SimpleCommand[]): string {
  return JSON.stringify(
    commands.map(({ program, words, writes, input }) => [
      program,
      words.map(({ text }) => text),
      writes,
      input?.text,
    ]),
  );
}
