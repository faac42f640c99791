/** `[ … ]`, `test` and `[[ … ]]` where both sides are known; null: unknown. */

import type { TestExpression } from "unbash";
import type { Place } from "../place.ts";
import { numberOf } from "./arithmetic.ts";
import type { Machine } from "./machine.ts";
import { matches } from "./patterns.ts";
import { isText, isUnknown, type Text } from "./values.ts";

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "-eq": (left, right) => left === right,
  "-ne": (left, right) => left !== right,
  "-lt": (left, right) => left < right,
  "-le": (left, right) => left <= right,
  "-gt": (left, right) => left > right,
  "-ge": (left, right) => left >= right,
};

/** The words between the brackets. */
export function testWords(words: readonly Text[]): boolean | null {
  const [first, second, third] = words;
  if (first === "!" && words.length > 1) return not(testWords(words.slice(1)));
  for (const [operator, combine] of [
    ["-o", either],
    ["-a", both],
  ] as const) {
    const at = words.indexOf(operator);
    if (at > 0 && words.length > 3)
      return combine(testWords(words.slice(0, at)), testWords(words.slice(at + 1)));
  }
  if (words.length === 0) return false;
  if (words.length === 1) return isEmpty(first) === null ? null : isEmpty(first) === false;
  if (words.length === 2 && isText(first)) return unary(first, second);
  if (words.length === 3 && isText(second)) return compared(first, second, third);
  return null;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function both(one: boolean | null, other: boolean | null): boolean | null {
  if (one === false || other === false) return false;
  return one === null || other === null ? null : true;
}

function either(one: boolean | null, other: boolean | null): boolean | null {
  return not(both(not(one), not(other)));
}

/** An argument that is unknown may be empty. */
function isEmpty(text: Text | undefined): boolean | null {
  return isUnknown(text) ? null : text === "" || text === undefined;
}

function unary(operator: string, operand: Text | undefined): boolean | null {
  if (operator === "-z") return isEmpty(operand);
  if (operator === "-n") return not(isEmpty(operand));
  return null;
}

function compared(left: Text | undefined, operator: string, right: Text | undefined): boolean | null {
  if (!isText(left) || !isText(right)) return null;
  if (operator === "=" || operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  const [one, other] = [left, right].map((text) => (/^\s*-?\d+\s*$/.test(text) ? Number(text) : null));
  const compare = comparisons[operator];
  if (compare === undefined || one === null || other === null) return null;
  return one === undefined || other === undefined ? null : compare(one, other);
}

/** `[[ … ]]`: the right side of = is a pattern, and -eq takes arithmetic. */
export function testExpression(expression: TestExpression, machine: Machine, place: Place): boolean | null {
  switch (expression.type) {
    case "TestGroup":
      return testExpression(expression.expression, machine, place);
    case "TestNot": {
      const value = testExpression(expression.operand, machine, place);
      return expression.negations.length % 2 === 1 ? not(value) : value;
    }
    case "TestLogical": {
      const values = expression.operands.map((each) => testExpression(each, machine, place));
      return values.reduce(expression.operator === "&&" ? both : either);
    }
    case "TestUnary":
      return unary(expression.operator, machine.textOf(expression.operand, machine, place));
    case "TestBinary": {
      const { operator, left, right } = expression;
      const [one, other] = [left, right].map((word) => machine.textOf(word, machine, place));
      if (!isText(one) || !isText(other)) return null;
      if (operator === "=" || operator === "==" || operator === "!=") {
        const isQuoted =
          (right.parts ?? []).some(({ type }) => /Quoted$/.test(type)) || right.text !== right.value;
        const isSame =
          isQuoted && !(right.parts ?? []).some(({ type }) => /Glob$/.test(type))
            ? one === other
            : matches(one, other);
        return operator === "!=" ? not(isSame) : isSame;
      }
      const compare = comparisons[operator];
      const numbers = [one, other].map((text) => numberOf(text, machine, place));
      const [first, second] = numbers;
      if (compare === undefined || first == null || second == null) return null;
      return compare(first, second);
    }
    default:
      return null;
  }
}
