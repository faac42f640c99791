/** Values for fields of the form. */

import { formValues } from "virtual:form-values";

/** Values of an enumeration of the schema. */
export function valuesOf(definition: string, property = ""): readonly string[] {
  return formValues[definition]?.[property] ?? [];
}

/** A number if the text is one; otherwise the text itself, for the rules to judge. */
export function numberOf(text: string): string | number | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : trimmed;
}
