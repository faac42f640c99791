/** What a code means, as data. */

import type { Severity } from "../../topology/diagnostics.ts";
import { dedent, type Explained, paragraphs } from "../../topology/explain/explanation.ts";
import { allCodes } from "./all-codes.ts";

/** A code's meaning: paragraphs as lists of one-line texts, examples as they are written. */
export interface CodeExplanation {
  /** LVS and three digits. */
  readonly code: string;
  readonly severity: Severity;
  /** What holds in a good topology. */
  readonly rule: string;
  /** Paragraphs: what is wrong, and what is looked at to tell. */
  readonly what: readonly string[];
  /** Paragraphs: what happens on a live cluster. */
  readonly why: readonly string[];
  /** Paragraphs: what to do. */
  readonly fix: readonly string[];
  /** YAML in which it is found. */
  readonly wrong: string;
  /** The same, right. */
  readonly right: string;
}

/**
 * In the order of codes.
 *
 * @example
 * import { explanations } from "lvsgen";
 * const [first] = explanations().filter(({ code }) => code === "LVS112");
 * console.log(first?.rule, first?.fix.join("\n"));
 */
export function explanations(): CodeExplanation[] {
  return allCodes.map(explanationOf);
}

function explanationOf({ code, severity, name, explain }: Explained): CodeExplanation {
  const { what, why, fix, wrong, right } = explain;
  return {
    code,
    severity,
    rule: name,
    what: paragraphs(what),
    why: paragraphs(why),
    fix: paragraphs(fix),
    wrong: `${dedent(wrong)}\n`,
    right: `${dedent(right)}\n`,
  };
}
