/** Generated scripts of many cases: the data of each text is sourced, and few stand for all kinds that there are. */

import { sha256Hex } from "../../src/base/digest.ts";
import { lintKind } from "../../src/lint/lint-files.ts";
import { shapeOf } from "../../src/lint/shape.ts";
import type { CaseResult } from "./check-case.ts";
import { intendedSetup, intendedValues, type Words } from "./intended.ts";
import { compareInShells, type Expectation, headOf } from "./sandbox.ts";

/** A text, and what of it a parser and shellcheck look at: `parts` equal to another's mean the same findings. */
export interface Sample {
  /** How to run its case again, and its path. */
  readonly name: string;
  readonly text: string;
  readonly parts: readonly string[];
}

/** How many scripts one shell reads. */
const batchSize = 400;

export class Scripts {
  readonly faults: string[] = [];
  /** Each has a part that those before it do not have. */
  readonly samples: Sample[] = [];
  readonly #texts = new Set<string>();
  readonly #parts = new Set<string>();
  #expectations: Expectation[] = [];

  /** Scripts with different texts. */
  get count(): number {
    return this.#texts.size;
  }

  /** @param label what a fault is reported with: how to run the case again */
  add(label: string, { plans, artifacts }: CaseResult): void {
    const texts = new Map(artifacts.map(({ path, text }) => [path, text]));
    for (const plan of plans.filter(({ roles }) => roles.length > 0)) {
      for (const role of plan.roles) {
        const path = `${plan.host.name}/${role.role === "director" ? "lvs_dr" : "lvs_rs"}.sh`;
        this.#expect(label, path, texts, () => intendedValues(plan, role, artifacts));
      }
      this.#expect(label, `${plan.host.name}/setup.sh`, texts, () => intendedSetup(plan, artifacts));
    }
    for (const { path, text } of artifacts)
      if (lintKind(path) === "script") this.#keep(`${label} ${path}`, text);
    if (this.#expectations.length >= batchSize) this.source();
  }

  #expect(label: string, path: string, texts: ReadonlyMap<string, string>, intended: () => Words): void {
    const text = texts.get(path);
    if (text === undefined) {
      this.faults.push(`${label}: there is no ${path}`);
      return;
    }
    const digest = sha256Hex(text);
    if (this.#texts.has(digest)) return;
    this.#texts.add(digest);
    this.#expectations.push({ name: `${label} ${path}`, head: headOf(text), intended: intended() });
  }

  #keep(name: string, text: string): void {
    const parts = partsOf(name.replace(/.*\//, ""), text);
    if (parts.every((part) => this.#parts.has(part))) return;
    for (const part of parts) this.#parts.add(part);
    this.samples.push({ name, text, parts });
  }

  /** Sources what has gathered. */
  source(): void {
    if (this.#expectations.length > 0) this.faults.push(...compareInShells(this.#expectations));
    this.#expectations = [];
  }
}

/** The machinery of a script, and each kind of line that its data has beside that machinery. */
function partsOf(name: string, text: string): string[] {
  // Marked before comments lose their words.
  const marked = text.replace(/^# (?:==== The machinery|--- Messages).*$/m, `${mark}=1`);
  const lines = kindOf(marked).split("\n");
  const end = Math.max(0, lines.indexOf(`${mark}=x`));
  const machinery = `${name} ${sha256Hex(lines.slice(end).join("\n"))}`;
  return [...new Set([machinery, ...lines.slice(0, end).map((line) => `${machinery} ${line}`)])];
}

const mark = "MACHINERY";

/**
 * A text without what makes no difference to a parser and to shellcheck: the words of data, and how many lines of a
 * kind follow each other. What is between single quotes is one word, unless dollars or backquotes are in there.
 */
function kindOf(text: string): string {
  return shapeOf(text)
    .replace(/'[^'$`]*'/g, (quoted) => (quoted.length > 2 ? "'x'" : quoted))
    .replace(/^(.*\n)\1+/gm, "$1");
}

/** Few of them that have all parts of all, those with the most first. */
export function coverParts(samples: readonly Sample[]): Sample[] {
  const missing = new Set(samples.flatMap(({ parts }) => parts));
  const gain = ({ parts }: Sample) => parts.filter((part) => missing.has(part)).length;
  const chosen: Sample[] = [];
  while (missing.size > 0) {
    const best = samples.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const part of best.parts) missing.delete(part);
    chosen.push(best);
  }
  return chosen;
}
