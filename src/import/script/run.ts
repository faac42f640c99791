/** Statements, one after the other: each kind of the tree has its reader. Conditions that are unknown go all ways. */

import type { AndOr, Case, CommandNode, If, Pipeline, PipelineNode, Statement } from "unbash";
import { say } from "../../languages/say.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { callFunction, runCommand } from "./call.ts";
import { testExpression } from "./conditions.ts";
import { runArithmeticFor, runFor, runWhile, skipLoop } from "./loops.ts";
import {
  type Context,
  copyVariables,
  done,
  type Machine,
  type Outcome,
  type Output,
  type RunNode,
  unsure,
} from "./machine.ts";
import { matches } from "./patterns.ts";
import { inputOf, withFiles } from "./redirections.ts";
import { isText } from "./values.ts";
import { runWays, type Way } from "./ways.ts";

export function runStatements(statements: readonly Statement[], machine: Machine, context: Context): Outcome {
  let last = done;
  for (const { command } of statements) {
    if (machine.cut !== null) return { ok: null, signal: { kind: "exit", levels: 0 } };
    last = runNode(command, machine, context);
    if (last.signal !== null) return last;
  }
  return last;
}

const runNode: RunNode = (node, machine, context) => {
  const place = () => context.at(node.pos);
  const body = (statements: readonly Statement[], inside: Context) =>
    runStatements(statements, machine, inside);
  switch (node.type) {
    case "Command":
      return runCommand(node, machine, context, runNode);
    case "AndOr":
      return runAndOr(node, machine, context);
    case "Pipeline":
      return runPipeline(node, machine, context);
    case "If":
      return runIf(node, machine, context);
    case "Case":
      return runCase(node, machine, context);
    case "For":
      return runFor(node, machine, context, body);
    case "ArithmeticFor":
      return runArithmeticFor(node, machine, context, body);
    case "While":
      return runWhile(node, machine, context, body);
    case "Select":
      return skipLoop(place(), say`the choice of select`, machine, context, (inside) =>
        body(node.body.commands, inside),
      );
    case "BraceGroup":
      return body(node.body.commands, context);
    case "Subshell":
      return inCopy(machine, () => body(node.body.commands, context));
    case "Function":
      machine.functions.set(node.name.value, { node, at: context.at, isCalled: false });
      return done;
    case "Redirected":
      return withFiles(node.redirects, machine, context, (inside) => runNode(node.command, machine, inside));
    case "TestCommand":
      return { ok: testExpression(node.expression, machine, place()), signal: null };
    case "ArithmeticCommand": {
      const value = arithmeticValue(node.expression, machine, place());
      return { ok: value === null ? null : value !== 0, signal: null };
    }
    default:
      return unsure;
  }
};

/** A subshell changes no variable of its parent, and its exit is its own. */
function inCopy(machine: Machine, run: () => Outcome): Outcome {
  const { variables } = machine;
  machine.variables = copyVariables(machine);
  const { ok } = run();
  machine.variables = variables;
  return { ok, signal: null };
}

function runAndOr({ commands, operators }: AndOr, machine: Machine, context: Context): Outcome {
  const [first, ...others] = commands as readonly [PipelineNode, ...PipelineNode[]];
  let last = runNode(first, machine, context);
  for (const [index, node] of others.entries()) {
    if (last.signal !== null) return last;
    const isAnd = operators[index] === "&&";
    if (last.ok === !isAnd) continue;
    const way: Way = (inside) => runNode(node, machine, inside);
    last = runWays([way], last.ok !== null, context.at(node.pos), machine, context);
  }
  return last;
}

/** Each part reads what the one before prints. */
function runPipeline(
  { commands, prefixes, operators }: Pipeline,
  machine: Machine,
  context: Context,
): Outcome {
  const isNegated = prefixes.some(({ type }) => type === "Negation");
  let { input } = context;
  let outcome = done;
  for (const [index, node] of commands.entries()) {
    const isLast = index === commands.length - 1;
    const output: Output | null = isLast ? context.output : { text: "" };
    const run = (inside: Context) => () => runNode(node as CommandNode, machine, inside);
    const inside = { ...context, output, input };
    // The shell runs the parts of a pipe in subshells.
    outcome = commands.length === 1 ? run(inside)() : inCopy(machine, run(inside));
    input = isLast ? input : inputOf(output?.text ?? "", null);
  }
  const ok = operators.length > 0 && outcome.ok === true ? null : outcome.ok;
  return { ok: isNegated && ok !== null ? !ok : ok, signal: outcome.signal };
}

function runIf(node: If, machine: Machine, context: Context): Outcome {
  const ways: Way[] = [];
  for (const { clause, then } of [node, ...node.elif]) {
    const tested = runStatements(clause.commands, machine, context);
    if (tested.signal !== null) return tested;
    if (tested.ok !== false) ways.push((inside) => runStatements(then.commands, machine, inside));
    if (tested.ok === true) return runWays(ways, true, context.at(node.pos), machine, context);
  }
  const otherwise = node.else;
  if (otherwise !== undefined) ways.push((inside) => runStatements(otherwise.commands, machine, inside));
  return runWays(ways, otherwise !== undefined, context.at(node.pos), machine, context);
}

function runCase(node: Case, machine: Machine, context: Context): Outcome {
  const place = context.at(node.pos);
  const word = machine.textOf(node.word, machine, place);
  const ways: Way[] = [];
  for (const { pattern, body } of node.items) {
    const patterns = pattern.map((each) => machine.textOf(each, machine, place));
    const fits = patterns.map((each) => (isText(word) && isText(each) ? matches(word, each) : null));
    if (fits.every((each) => each === false)) continue;
    ways.push((inside) => runStatements(body.commands, machine, inside));
    if (fits.includes(true)) return runWays(ways, true, place, machine, context);
  }
  const isComplete = node.items.some(({ pattern }) => pattern.some(({ text }) => text === "*"));
  return runWays(ways, isComplete, place, machine, context);
}

/** Functions that nothing calls by its name: with arguments that are unknown. */
export function runUncalled(machine: Machine, context: Context): void {
  for (const [name, body] of machine.functions)
    if (!body.isCalled) callFunction(name, null, machine, { ...context, isStraight: false }, runNode);
}
