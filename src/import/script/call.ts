/** One simple command: assignments, then a function, a builtin, a program that only computes, or one to look at. */

import type { Assignment, Command, Word } from "unbash";
import type { Place } from "../place.ts";
import { assign } from "./assign.ts";
import { builtins } from "./builtins.ts";
import { fieldsOf } from "./expand.ts";
import {
  type Context,
  done,
  exits,
  type Machine,
  type Outcome,
  print,
  type RunNode,
  takeStep,
  unsure,
} from "./machine.ts";
import { computed, computes } from "./programs.ts";
import { baseName, redirected, write } from "./redirections.ts";
import { described, isText, isUnknown, type Text, unknown } from "./values.ts";

/** Functions within functions. */
const maximumDepth = 40;

export function runCommand(node: Command, machine: Machine, context: Context, run: RunNode): Outcome {
  const place = context.at(node.pos);
  if (!takeStep(machine, () => place)) return exits;
  const assignments = node.prefix.filter((each): each is Assignment => each.type === "Assignment");
  const words = [...(node.name === undefined ? [] : [node.name]), ...node.args.map(asWord)];
  const [first, ...rest] = withoutWrapper(fieldsOf(words, machine, place));
  if (first === undefined) {
    // `> FILE` and assignments alone.
    for (const each of assignments) assign(each, machine, place);
    return { ok: assignments.some(({ text }) => text.includes("$(")) ? null : true, signal: null };
  }
  const { variables } = machine;
  // Of this command only; builtins read IFS.
  if (assignments.length > 0) {
    machine.variables = variables.copy();
    for (const each of assignments) assign(each, machine, place);
  }
  const temporary = machine.variables;
  const { input, writes } = redirected(node.redirects, machine, context);
  const inside = { ...context, input };
  const outcome = runProgram({ node, first, rest, writes, place }, machine, inside, run);
  if (assignments.length > 0) keep(variables, temporary, assignments, machine);
  return outcome;
}

/** What `IFS=, read A` sets stays; IFS does not. */
function keep(
  variables: Machine["variables"],
  temporary: Machine["variables"],
  assignments: readonly Assignment[],
  machine: Machine,
): void {
  for (const { name } of assignments) {
    const before = variables.get(name);
    if (before === undefined) temporary.unset(name);
    else temporary.set(name, before);
  }
  machine.variables = variables;
  variables.become([temporary]);
}

/** `declare A=(…)`'s assignments are no words; where they are, as after sudo, they are texts. */
function asWord(each: Word | Assignment): Word {
  if (each.type === "Word") return each;
  return {
    type: "Word",
    text: each.text,
    value: each.text,
    pos: each.pos,
    end: each.end,
    parts: partsOf(each),
  };
}

function partsOf({ name, append, value, pos, end }: Assignment): Word["parts"] {
  if (value.type === "ArrayValue") return undefined;
  const text = `${name}${append === true ? "+" : ""}=`;
  const left = { type: "Literal", pos, end, text, value: text } as const;
  const right = { type: "Literal", pos, end, text: value.text, value: value.value } as const;
  return [left, ...(value.parts ?? [right])];
}

/** Programs that run another one, with the options that they take before it. */
const wrappers: Readonly<Record<string, RegExp>> = {
  sudo: /^(-[nEHSk]+|\w+=.*)$/,
  exec: /^-[cl]+$/,
  command: /^-p$/,
  builtin: /^$/,
  nohup: /^$/,
  env: /^\w+=.*$/,
  busybox: /^$/,
  time: /^-p$/,
};

function withoutWrapper(fields: readonly Text[]): readonly Text[] {
  const [first] = fields;
  const options = isText(first) ? wrappers[baseName(first)] : undefined;
  if (options === undefined || fields.length < 2) return fields;
  const rest = fields.slice(1);
  const from = rest.findIndex((text) => !isText(text) || !options.test(text));
  return from === -1 ? [] : withoutWrapper(rest.slice(from));
}

interface Call {
  readonly node: Command;
  readonly first: Text;
  readonly rest: readonly Text[];
  readonly writes: readonly { readonly name: string; readonly appends: boolean }[];
  readonly place: Place;
}

function runProgram(call: Call, machine: Machine, context: Context, run: RunNode): Outcome {
  const { node, first, rest, writes, place } = call;
  const program = programOf(first);
  if (machine.functions.has(program)) return callFunction(program, rest, machine, context, run);
  if (isText(first) && Object.hasOwn(builtins, first))
    return builtins[first]?.({ node, words: rest, place }, machine, context, run) ?? unsure;
  if (computes(program)) return compute(program, call, machine, context);
  if (isUnknown(first)) machine.callsUnknown = true;
  print(context.output, unknown(isText(first) ? first : first.unknown));
  write(writes, unknown(program), machine);
  record(program, call, machine, context);
  return changes.test([program, ...rest.filter(isText)].join(" ")) ? done : unsure;
}

/** What sets something up is taken to succeed: what follows || is for when it fails. */
const changes =
  /^(ipvsadm (.* )?-(-?(add|edit)-\w+|[AaEeC]\w?|-clear|R|-restore)\b|ipvsadm-restore|ip (-\S+ )*\w+ (a(dd?)?|re(place)?)\b|ifconfig \S+ .*\S|route add|ip6?tables .*-(A|I)\b|modprobe|sysctl)/;

/** By its base name; an unknown one by the names that it may have. */
function programOf(first: Text): string {
  if (isText(first)) return baseName(first);
  const [name, ...others] = [...new Set(first.choices.map(baseName))];
  if (name !== undefined && others.length === 0) return name;
  // `$IPVSADM` of the environment.
  const [, variable = ""] = /^\$\{?(ipvsadm)\}?$/i.exec(first.unknown) ?? [];
  return variable === "" ? first.unknown : variable.toLowerCase();
}

function record(
  program: string,
  { first, rest, writes, place }: Pick<Call, "first" | "rest" | "writes" | "place">,
  machine: Machine,
  { isStraight, loop, branches, input }: Context,
): void {
  const strange = [
    ...(isUnknown(first) && program === first.unknown ? [first] : []),
    ...rest.filter(isUnknown),
  ];
  machine.commands.push({
    program,
    words: rest.map((text) => ({ text: isText(text) ? text : text.unknown, place })),
    unknown: strange[0] === undefined ? null : described(strange[0]),
    writes: writes.map(({ name }) => name),
    input,
    isStraight,
    loop,
    branches,
    place,
  });
}

/** What echo writes into a file is looked at: /proc/sys has the kernel's settings. */
function compute(program: string, call: Call, machine: Machine, context: Context): Outcome {
  const { rest, writes } = call;
  const strange = rest.find(isUnknown);
  const read = context.input?.text ?? null;
  const input =
    isText(read ?? undefined) && context.input !== null ? String(read).slice(context.input.from) : null;
  const known = strange === undefined ? computed(program, rest as readonly string[], input) : null;
  const text = known ?? strange ?? unknown([program, ...rest.filter(isText)].join(" "));
  if (writes.length === 0) print(context.output, text);
  else {
    write(writes, text, machine);
    record(program, call, machine, context);
  }
  return known === null ? unsure : done;
}

/** @param positional its arguments; null: unknown */
export function callFunction(
  name: string,
  positional: readonly Text[] | null,
  machine: Machine,
  context: Context,
  run: RunNode,
): Outcome {
  const body = machine.functions.get(name);
  if (body === undefined || machine.variables.depth > maximumDepth) return unsure;
  body.isCalled = true;
  machine.variables.enter(positional);
  const { node } = body;
  const inside = { ...context, at: body.at };
  const outcome =
    node.body.type === "CompoundList"
      ? machine.runStatements(node.body.commands, machine, inside)
      : run(node.body, machine, inside);
  machine.variables.leave();
  return outcome.signal?.kind === "return" ? { ok: outcome.ok, signal: null } : outcome;
}
