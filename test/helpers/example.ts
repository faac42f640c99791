/** Example of an explanation -> whole topology, as text: what is wrong may be no YAML at all, or double a key. */

import { exampleTopology } from "../../src/rules/explain/example-topology.ts";
import { dedent } from "../../src/topology/explain/explanation.ts";

/** The example in place of the same parts of the topology that all stand over. */
export function wholeExample(fragment: string): string {
  return `${overlay(exampleTopology.trimEnd().split("\n"), dedent(fragment).split("\n"), 0).join("\n")}\n`;
}

interface Block {
  /** Of one key or one named entry, over all the blocks with that name. */
  readonly name: string;
  /** The first is the key's own line. */
  readonly lines: readonly string[];
}

function overlay(base: readonly string[], fragment: readonly string[], indent: number): string[] {
  const below = blocks(base, indent);
  const above = blocks(fragment, indent);
  const merged = (block: Block) =>
    mergeBlock(
      below.find(({ name }) => name === block.name),
      block,
    );
  const known = new Set(below.map(({ name }) => name));
  return [
    ...below.flatMap((block) => {
      const same = above.filter(({ name }) => name === block.name);
      return same.length === 0 ? block.lines : same.flatMap(merged);
    }),
    ...above.filter(({ name }) => !known.has(name)).flatMap(({ lines }) => lines),
  ];
}

function mergeBlock(below: Block | undefined, above: Block): readonly string[] {
  const [head = "", ...inner] = above.lines;
  if (head.endsWith(": # left out")) return [];
  const [, ...innerBelow] = below?.lines ?? [];
  const [first = ""] = inner;
  // Lists go as a whole, but for those of named entries.
  const isPlainList = /^ *- (?!\{? ?name:)/.test(first);
  if (inner.length === 0 || innerBelow.length === 0 || isPlainList) return above.lines;
  return [head, ...overlay(innerBelow, inner, first.search(/\S/))];
}

function blocks(lines: readonly string[], indent: number): Block[] {
  const starts = lines.flatMap((line, at) => (line.search(/\S/) === indent ? at : []));
  return starts.map((start, at) => {
    const [first = ""] = lines.slice(start);
    return { name: nameOf(first.trim()), lines: lines.slice(start, starts[at + 1]) };
  });
}

function nameOf(line: string): string {
  return /^- \{? ?name: *([^, ]+)/.exec(line)?.[1] ?? line.replace(/:.*/, "");
}
