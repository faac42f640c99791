/** What is known while a script is read: the state that all parts of the reader share. */

import type {
  AndOr,
  Function as FunctionNode,
  ParsedScript,
  PipelineNode,
  Word as ShellWord,
  Statement,
} from "unbash";
import type { Place, Source, Word } from "../place.ts";
import type { At } from "./parse.ts";
import type { Text, Variables } from "./values.ts";

export interface SimpleCommand {
  readonly program: string;
  /** Without the program and without redirections. */
  readonly words: readonly Word[];
  /** What is known only when the script runs; null: all is known. */
  readonly unknown: string | null;
  /** Files that it writes to. */
  readonly writes: readonly string[];
  /** What it reads; null: nothing that the script gives. */
  readonly input: Input | null;
  /** Whether it runs in any case: no condition is around it. */
  readonly isStraight: boolean;
  /** Of the outermost loop around it. */
  readonly loop: Place | null;
  readonly branches: readonly Branch[];
  readonly place: Place;
}

/** One of the ways that a condition goes. */
export interface Branch {
  readonly condition: Place;
  readonly number: number;
}

export interface Input {
  readonly text: Text;
  /** Of its first line; null: the script makes it up. */
  readonly place: Place | null;
  /** How far it is read. */
  from: number;
}

/** What a command prints; undefined after something unknown. */
export interface Output {
  text: Text;
}

/** A part of the script that is left out whole. */
export interface Gap {
  readonly place: Place;
  readonly what: string;
  /** What one turn of it would do. */
  readonly commands: readonly SimpleCommand[];
  readonly loop: Place | null;
}

/** What is around a command. */
export interface Context {
  readonly at: At;
  readonly isStraight: boolean;
  readonly loop: Place | null;
  readonly branches: readonly Branch[];
  /** null: the terminal. */
  readonly output: Output | null;
  readonly input: Input | null;
}

export interface Signal {
  readonly kind: "break" | "continue" | "return" | "exit";
  readonly levels: number;
}

/** How a command ends. */
export interface Outcome {
  /** Whether its exit status is 0; null: unknown. */
  readonly ok: boolean | null;
  readonly signal: Signal | null;
}

export type RunNode = (node: PipelineNode | AndOr, machine: Machine, context: Context) => Outcome;

export const done: Outcome = { ok: true, signal: null };
export const unsure: Outcome = { ok: null, signal: null };

export interface FunctionBody {
  readonly node: FunctionNode;
  readonly at: At;
  isCalled: boolean;
}

export interface Machine {
  variables: Variables;
  readonly functions: Map<string, FunctionBody>;
  /** What ran, in its order. */
  commands: SimpleCommand[];
  readonly gaps: Gap[];
  /** By their base names: texts that were given along, and files that the script writes. */
  readonly files: ReadonlyMap<string, Source>;
  readonly written: Map<string, Text>;
  readonly sourced: Set<Source>;
  /** How often a file was sourced: it may source itself. */
  reads: number;
  /** Files that the script sources and nobody gave along. */
  readonly missing: { readonly name: string; readonly place: Place }[];
  /** Whether it calls something by a name that is unknown. */
  callsUnknown: boolean;
  steps: number;
  /** The place where reading ends, as loops have too many turns; null: all was read. */
  cut: Place | null;
  /** The rooms above: statements have words, and words have statements. */
  readonly runStatements: (statements: readonly Statement[], machine: Machine, context: Context) => Outcome;
  readonly textOf: (word: ShellWord, machine: Machine, place: Place) => Text;
}

/** Commands and turns of loops: loops within loops multiply. */
export const maximumSteps = 100_000;

export function takeStep(machine: Machine, place: () => Place): boolean {
  machine.steps--;
  if (machine.steps < 0) machine.cut ??= place();
  return machine.steps >= 0;
}

export const exits: Outcome = { ok: null, signal: { kind: "exit", levels: 0 } };

/** What `$(SCRIPT)` gives, without the newlines at its end. */
export function outputOf(script: ParsedScript, machine: Machine, place: Place): Text {
  const output: Output = { text: "" };
  const [variables, commands, gaps] = [machine.variables, machine.commands, machine.gaps.length];
  machine.variables = variables.copy();
  machine.commands = [];
  const context = { ...quiet, at: () => place, output };
  machine.runStatements(script.commands, machine, context);
  machine.variables = variables;
  machine.commands = commands;
  machine.gaps.length = gaps;
  return typeof output.text === "string" ? output.text.replace(/\n+$/, "") : output.text;
}

const quiet: Omit<Context, "at"> = {
  isStraight: false,
  loop: null,
  branches: [],
  output: null,
  input: null,
};

export function startContext(at: At): Context {
  return { ...quiet, at, isStraight: true };
}

/** Prints; unknown once something unknown was printed. */
export function print(output: Output | null, text: Text): void {
  if (output === null || typeof output.text !== "string") return;
  output.text = typeof text === "string" ? output.text + text : text;
}
