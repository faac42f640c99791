/** `$((…))`, `((…))`, `let` and indices: whole numbers and variables. */

import { type ArithmeticExpression, type ArithmeticWord, parse } from "unbash";
import type { Place } from "../place.ts";
import type { Machine } from "./machine.ts";
import { isList, isText, isUnknown, unknown } from "./values.ts";

/** @returns null where the value is unknown, or no number */
export function arithmeticValue(
  expression: ArithmeticExpression | undefined,
  machine: Machine,
  place: Place,
): number | null {
  if (expression === undefined) return 0;
  const value = evaluate(expression, machine, place);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}

/** Of a text, as an index or an argument of `let` is. */
export function numberOf(text: string, machine: Machine, place: Place): number | null {
  if (/^\s*\d+\s*$/.test(text)) return literal(text.trim());
  const [statement] = parse(`((${text}))`).commands;
  if (statement?.command.type !== "ArithmeticCommand") return null;
  return arithmeticValue(statement.command.expression, machine, place);
}

function evaluate(expression: ArithmeticExpression, machine: Machine, place: Place): number | null {
  switch (expression.type) {
    case "ArithmeticGroup":
      return arithmeticValue(expression.expression, machine, place);
    case "ArithmeticTernary": {
      const test = arithmeticValue(expression.test, machine, place);
      if (test === null) return null;
      return arithmeticValue(test !== 0 ? expression.consequent : expression.alternate, machine, place);
    }
    case "ArithmeticWord":
      return wordValue(expression, machine, place);
    case "ArithmeticUnary":
      return unary(expression, machine, place);
    case "ArithmeticBinary":
      return binary(expression, machine, place);
    default:
      return null;
  }
}

function wordValue({ value, parts }: ArithmeticWord, machine: Machine, place: Place): number | null {
  const text = parts === undefined ? value : machine.textOf(wordOf(value, parts), machine, place);
  return isText(text) ? named(text.trim(), machine, place) : null;
}

function wordOf(value: string, parts: ArithmeticWord["parts"]): Parameters<Machine["textOf"]>[0] {
  return { type: "Word", text: value, value, pos: 0, end: 0, parts };
}

function literal(text: string): number | null {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number(text);
  if (/^0[0-9]+$/.test(text)) return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null;
  return /^\d+$/.test(text) ? Number(text) : null;
}

function named(text: string, machine: Machine, place: Place, depth = 0): number | null {
  if (text === "") return 0;
  if (/^\d/.test(text)) return literal(text);
  if (/^-\d+$/.test(text)) return Number(text);
  const [, name = "", index] = /^([A-Za-z_]\w*)(?:\[(.+)\])?$/.exec(text) ?? [];
  if (name === "") return numberIn(text, machine, place, depth);
  const value = machine.variables.get(name);
  if (value === undefined || isUnknown(value)) return null;
  if (isText(value)) return depth > 8 ? null : named(value.trim(), machine, place, depth + 1);
  const key = index === undefined ? 0 : numberOf(index, machine, place);
  return key === null ? null : named(value.items.get(String(key)) ?? "0", machine, place, depth + 1);
}

/** A variable whose text is an expression itself. */
function numberIn(text: string, machine: Machine, place: Place, depth: number): number | null {
  return depth > 8 || !/^[\w\s+*/%()-]+$/.test(text) ? null : numberOf(text, machine, place);
}

function unary(
  { operator, operand, prefix }: Extract<ArithmeticExpression, { type: "ArithmeticUnary" }>,
  machine: Machine,
  place: Place,
): number | null {
  const value = arithmeticValue(operand, machine, place);
  if (operator === "++" || operator === "--") {
    const changed = value === null ? null : value + (operator === "++" ? 1 : -1);
    assign(operand, changed, machine);
    return prefix ? changed : value;
  }
  if (value === null) return null;
  return { "-": -value, "+": value, "!": value === 0 ? 1 : 0, "~": ~value }[operator] ?? null;
}

const operators: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0 ? Number.NaN : Math.trunc(left / right)),
  "%": (left, right) => (right === 0 ? Number.NaN : left % right),
  "**": (left, right) => left ** right,
  "<<": (left, right) => left * 2 ** right,
  ">>": (left, right) => Math.floor(left / 2 ** right),
  "<": (left, right) => Number(left < right),
  "<=": (left, right) => Number(left <= right),
  ">": (left, right) => Number(left > right),
  ">=": (left, right) => Number(left >= right),
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  ",": (_left, right) => right,
};

function binary(
  { operator, left, right }: Extract<ArithmeticExpression, { type: "ArithmeticBinary" }>,
  machine: Machine,
  place: Place,
): number | null {
  const isAssignment = operator === "=" || (operator.endsWith("=") && operators[operator] === undefined);
  if (isAssignment) {
    const value = arithmeticValue(right, machine, place);
    const plain = operator.slice(0, -1);
    const changed = plain === "" ? value : applied(plain, arithmeticValue(left, machine, place), value);
    assign(left, changed, machine);
    return changed;
  }
  const first = arithmeticValue(left, machine, place);
  if (operator === "&&" || operator === "||") {
    if (first === null) return null;
    if ((first !== 0) === (operator === "||")) return Number(first !== 0);
    const second = arithmeticValue(right, machine, place);
    return second === null ? null : Number(second !== 0);
  }
  return applied(operator, first, arithmeticValue(right, machine, place));
}

function applied(operator: string, left: number | null, right: number | null): number | null {
  const apply = operators[operator];
  return apply === undefined || left === null || right === null ? null : apply(left, right);
}

function assign(target: ArithmeticExpression, value: number | null, machine: Machine): void {
  const name = target.type === "ArithmeticWord" ? target.value : "";
  if (!/^[A-Za-z_]\w*$/.test(name)) return;
  const before = machine.variables.get(name);
  if (isList(before)) machine.variables.set(name, unknown(`$${name}`));
  else machine.variables.set(name, value === null ? unknown(`$${name}`) : String(value));
}
