/** Findings with the correction that their hint names, so that the page can offer it as a button. */

import { segmentsOf } from "../../../src/base/json-pointer.ts";
import { meantBy } from "../../../src/base/suggest.ts";
import type { Diagnostic } from "../../../src/topology/diagnostics.ts";
import { keysAt, valueAt } from "../form/steps.ts";
import type { PageDiagnostic } from "./protocol.ts";

/** Of an unknown key the key is wrong, otherwise the value. */
const unknownKey = "LVS010";

/** @param load the topology as it was read; large ones take their time, and most findings need none of it */
export function withCorrections(
  diagnostics: readonly Diagnostic[],
  load: () => unknown,
): readonly PageDiagnostic[] {
  let value: unknown;
  return diagnostics.map((diagnostic) => {
    const to = meantBy(diagnostic.hint);
    if (to === null) return diagnostic;
    value ??= load();
    const path = pathOf(diagnostic.pointer, value);
    const isKey = diagnostic.code === unknownKey;
    // A key that is there already cannot be there twice.
    const isTaken = isKey && keysAt(value, path.slice(0, -1)).includes(to);
    // Of a text in a short form the finding may be about a part.
    const isWhole = isKey || diagnostic.message.includes(JSON.stringify(valueAt(value, path)));
    return isTaken || !isWhole ? diagnostic : { ...diagnostic, correction: { path, to, isKey } };
  });
}

/** Places in lists are numbers. */
function pathOf(pointer: string, value: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  for (const segment of segmentsOf(pointer))
    path.push(Array.isArray(valueAt(value, path)) ? Number(segment) : segment);
  return path;
}
