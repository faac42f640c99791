/** Choices of the form that are explained where they are made. */

import { choices } from "virtual:form-values";

export type Choice = keyof typeof choices;

/** In the schema's order. */
export function valuesOfChoice(choice: Choice): readonly string[] {
  return choices[choice].map(([value]) => value);
}

/** The schema's text; empty for a value that it does not have. */
export function textOf(choice: Choice, value: string): string {
  return choices[choice].find(([each]) => each === value)?.[1] ?? "";
}
