/** Loops: read whole, turn by turn, or left out whole. */

import type { ArithmeticFor, For, Statement, While } from "unbash";
import type { Place } from "../place.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { fieldsOf } from "./expand.ts";
import { type Context, done, type Machine, type Outcome, takeStep, unsure } from "./machine.ts";
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
    return skipLoop(place, `the value of ${described(strange)}`, machine, context, body);
  }
  const turns = values.values();
  return runTurns(place, machine, context, body, () => {
    const next = turns.next();
    if (next.done !== true) machine.variables.set(name, next.value);
    return next.done !== true;
  });
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

/** @param next begins a turn: false at the end, null where it is unknown whether there is one */
function runTurns(
  place: Place,
  machine: Machine,
  context: Context,
  body: (context: Context) => Outcome,
  next: () => boolean | null,
): Outcome {
  const inside = { ...context, loop: context.loop ?? place };
  const start = {
    commands: machine.commands.length,
    variables: machine.variables.copy(),
    output: context.output?.text,
  };
  const giveUp = (what: string) => {
    machine.commands.length = start.commands;
    if (context.output !== null) context.output.text = start.output ?? "";
    forget(machine, start.variables);
    return skipLoop(place, what, machine, context, body);
  };
  for (let turn = 0; ; turn++) {
    if (!takeStep(machine, () => place)) return cutOff(start.commands, machine);
    const goesOn = next();
    if (goesOn === null) return giveUp("how often the loop turns");
    if (!goesOn) return done;
    if (turn >= maximumTurns) return giveUp("when the loop ends");
    const { signal } = body(inside);
    if (machine.cut !== null) return cutOff(start.commands, machine);
    if (signal?.kind === "exit" || signal?.kind === "return") return { ok: null, signal };
    if (signal === null) continue;
    if (signal.levels > 1) return { ok: null, signal: { ...signal, levels: signal.levels - 1 } };
    if (signal.kind === "break") return unsure;
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

/** Nothing of the loop is read: one turn shows what is left out. */
export function skipLoop(
  place: Place,
  what: string,
  machine: Machine,
  context: Context,
  body: (context: Context) => Outcome,
): Outcome {
  const { commands, variables } = machine;
  machine.commands = [];
  machine.variables = variables.copy();
  const output = context.output === null ? null : { text: context.output.text };
  body({ ...context, output, isStraight: false, loop: context.loop ?? place });
  machine.gaps.push({ place, what, commands: machine.commands, loop: context.loop });
  if (context.output !== null && output?.text !== context.output.text) context.output.text = unknown(what);
  const after = machine.variables;
  machine.commands = commands;
  machine.variables = variables;
  machine.variables.become([variables.copy(), after]);
  return unsure;
}
