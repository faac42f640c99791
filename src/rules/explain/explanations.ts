/** What a code means, as data. */

import type { Severity } from "../../topology/diagnostics.ts";
import { dedent, type Explained, paragraphs } from "../../topology/explain/explanation.ts";
import { allCodes } from "./all-codes.ts";

/** A code's meaning: paragraphs as lists of one-line texts, examples as they are written. */
export interface CodeExplanation {
  /** LVS and three digits. */
  readonly code: string;
  readonly severity: Severity;
  /** The fault, in a few words. */
  readonly rule: string;
  /** Paragraphs: what is wrong, and how lvsgen finds it. */
  readonly what: readonly string[];
  /** Paragraphs: what happens on a live cluster. */
  readonly why: readonly string[];
  /** Paragraphs: what to do. */
  readonly fix: readonly string[];
  /** YAML with the fault. */
  readonly wrong: string;
  /** The same, corrected. */
  readonly right: string;
}

/** Of every code, in their order. */
export function explanations(): CodeExplanation[] {
  return allCodes.map(asData);
}

/**
 * Undefined for an unknown code.
 *
 * @example
 * import { explanation } from "lvsgen";
 * const { rule, fix } = explanation("LVS112") ?? { rule: "", fix: [] };
 * console.log(rule, fix.join("\n"));
 */
export function explanation(code: string): CodeExplanation | undefined {
  const found = allCodes.find((each) => each.code === code);
  return found && asData(found);
}

/** Without the source's line breaks. */
export function asData({ code, severity, name, explain }: Explained): CodeExplanation {
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
