/** Cases of the fuzzer: each is made from its own seed alone, so any one can be run again. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { rules } from "../../src/rules/registry.ts";
import { topologySchema } from "../../src/topology/schema.ts";
import { wholeExample } from "../helpers/example.ts";
import { repository } from "../helpers/lvsgen.ts";
import { topologyArbitrary } from "../helpers/topology-arbitrary.ts";
import { changeText, choice, type Json, mutate, type TextChange, textChange } from "./mutations.ts";
import { valuesOf } from "./schema-values.ts";

export interface FuzzCase {
  readonly name: string;
  readonly text: string;
}

/** Every example, every rule's own example in a whole topology, and what the rules' tests accept. */
function seeds(): { readonly [key: string]: Json }[] {
  const examples = readdirSync(join(repository, "examples")).map((name) =>
    readFileSync(join(repository, "examples", name, "topology.json"), "utf8"),
  );
  const folder = join(repository, "test/fixtures/rules");
  const accepted = readdirSync(folder).map((name) => readFileSync(join(folder, name, "pass.yaml"), "utf8"));
  const explained = rules.flatMap(({ explain }) => [
    wholeExample(explain.right),
    wholeExample(explain.wrong),
  ]);
  return [...examples, ...accepted, ...explained].map((text) => parse(text) as { [key: string]: Json });
}

const corpus = seeds();

const value: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: fc.constantFrom(...corpus), weight: 8 },
  { arbitrary: topologyArbitrary as fc.Arbitrary<Json>, weight: 4 },
  { arbitrary: valuesOf(topologySchema) as fc.Arbitrary<Json>, weight: 1 },
);

const fuzzCase: fc.Arbitrary<FuzzCase> = fc
  .record({
    value,
    changes: fc.array(choice, { maxLength: 4 }),
    yaml: fc.boolean(),
    flat: fc.boolean(),
    // Most texts can be read, so that what comes after reading is reached.
    texts: fc.oneof(
      { arbitrary: fc.constant<TextChange[]>([]), weight: 5 },
      { arbitrary: fc.array(textChange, { minLength: 1, maxLength: 3 }), weight: 1 },
    ),
  })
  .map(({ value: original, changes, yaml, flat, texts }) => {
    const root = structuredClone(original) as { [key: string]: Json };
    for (const change of changes) mutate(root, change);
    const text = yaml ? stringify(root) : JSON.stringify(root, null, flat ? 0 : 2);
    return {
      name: yaml ? "fuzz.yaml" : "fuzz.json",
      text: texts.reduce((changed, change) => changeText(changed, change), text),
    };
  });

/** The case of a number, for a run's seed. */
export function caseOf(seed: number, number: number): FuzzCase {
  // A step without common factors with 2^32 keeps the cases of one run apart.
  const own = (seed + Math.imul(number, 0x9e3779b1)) | 0;
  const [made] = fc.sample(fuzzCase, { numRuns: 1, seed: own });
  if (made === undefined) throw new Error("fast-check made no case");
  return made;
}
