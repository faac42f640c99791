/** The explanation of a code: for `lvsgen validate --explain` and docs/rules.md. */

import type { Severity } from "../diagnostics.ts";

/**
 * Plain words without markup. Where lines break in the source has no meaning, an empty line begins a paragraph;
 * indentation is taken off.
 */
export interface Explanation {
  /** What is wrong, and how lvsgen finds it. */
  readonly what: string;
  /** What happens on a live cluster, and the kernel's or a program's behaviour behind it. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  /** YAML with this fault and no other. Replaces parts of `exampleTopology` (see there): show what matters. */
  readonly wrong: string;
  /** The same, corrected: YAML without a finding. */
  readonly right: string;
}

/** A code and its explanation. */
export interface Explained {
  /** Stable: `LVS` and three digits. */
  readonly code: string;
  /** The fault, in a few words. */
  readonly name: string;
  readonly severity: Severity;
  readonly explain: Explanation;
}

/** Without the indentation of its place in the source, and without empty lines around it. */
export function dedent(text: string): string {
  const lines = text.replace(/^(?:[ ]*\n)+|\s+$/g, "").split("\n");
  const margins = lines.flatMap((line) => (line.trim() === "" ? [] : line.search(/\S/)));
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin)).join("\n");
}

/** Paragraphs, each in one line. */
export function paragraphs(text: string): string[] {
  return dedent(text)
    .split(/\n\s*\n/)
    .map((part) => part.replaceAll(/\s+/g, " ").trim());
}
