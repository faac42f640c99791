/** Values for fields of the form. */

import { formValues } from "virtual:form-values";

/** Values of an enumeration of the schema. */
export function valuesOf(definition: string, property = ""): readonly string[] {
  return formValues[definition]?.[property] ?? [];
}
