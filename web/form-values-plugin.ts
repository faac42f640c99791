/** The schema's enumerations as a module of their own: the form needs these few words, not the whole schema. */

import type { Plugin } from "vite";
import { topologySchema } from "../src/topology/schema.ts";

const name = "virtual:form-values";
const resolved = `\0${name}`;

export function formValues(): Plugin {
  return {
    name: "lvsgen-form-values",
    resolveId: (id) => (id === name ? resolved : null),
    load: (id) =>
      id === resolved
        ? `export const formValues = ${JSON.stringify(valuesOf())};\nexport const choices = ${JSON.stringify(choices())};`
        : null,
  };
}

/** By definition, and in it by property; the definition's own have an empty name. */
function valuesOf(): Record<string, Record<string, readonly unknown[]>> {
  const rows = Object.entries(topologySchema.definitions ?? {}).map(([definition, own]) => {
    const properties = Object.entries({ "": own, ...own.properties });
    const values = properties.flatMap(([property, each]) =>
      each.enum === undefined ? [] : [[property, each.enum] as const],
    );
    return [definition, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(rows.filter(([, values]) => Object.keys(values).length > 0));
}

/** The choices that the form explains, with what the schema says of each value. */
function choices(): Record<string, readonly (readonly [value: string, meaning: string])[]> {
  const { directors, forwarding, virtualService, healthCheck } = topologySchema.definitions ?? {};
  const schemas = {
    engine: directors?.properties?.engine,
    forwarding,
    scheduler: virtualService?.properties?.scheduler,
    check: healthCheck?.properties?.type,
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([choice, own]) => [
      choice,
      (own?.enum ?? []).map((value, at) => [String(value), own?.enumDescriptions?.[at] ?? ""] as const),
    ]),
  );
}
