/** Keys of JSON that are there twice on the way to an edited value: only the last one counts, the others go. */

import { isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import { maximumDepth } from "../../../src/topology/content.ts";
import { composeDocument } from "../../../src/topology/yaml-document.ts";
import type { Path } from "./steps.ts";

/** JSON is YAML, too, and YAML's document has all of the pairs. */
export function withLastOfDoubles(text: string, path: Path): string {
  const { contents } = composeDocument(text, maximumDepth);
  let node: unknown = contents;
  for (const key of path) {
    if (isMap(node)) {
      const doubles = node.items.filter((pair) => isScalar(pair.key) && String(pair.key.value) === key);
      if (doubles.length > 1) return withLastOfDoubles(merged(text, doubles), path);
    }
    node = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
  }
  return text;
}

/** The last one at the place of the first, as the form shows it. */
function merged(text: string, doubles: readonly Pair[]): string {
  const [first, ...others] = doubles.map(spanOf);
  const last = others.at(-1);
  if (first === undefined || last === undefined) return text;
  const whole = text.slice(...last);
  // From the end, so that earlier places stay valid.
  const rest = others.toReversed().reduce((now, [start, end]) => {
    return now.slice(0, now.lastIndexOf(",", start)) + now.slice(end);
  }, text);
  return rest.slice(0, first[0]) + whole + rest.slice(first[1]);
}

function spanOf({ key, value }: Pair): [number, number] {
  return [(key as Node).range?.[0] ?? 0, (value as Node).range?.[1] ?? 0];
}
