/** What lvsgen finds in a topology. */

export type Severity = "error" | "warning";

/** A finding without its line and column. */
export interface Problem {
  /** JSON pointer of the place; it may name a key that is missing. */
  readonly pointer: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

export interface FoundProblem extends Problem {
  /** JSON pointer of the place that the message compares with: as written, it follows the message in brackets. */
  readonly other?: string;
}

export interface Finding extends FoundProblem {
  /** Stable, `LVS` and three digits. */
  readonly code: string;
  readonly severity: Severity;
  /** Whether to point at the key (an unknown one) instead of at its value. */
  readonly atKey?: boolean;
}

export interface Diagnostic extends Problem {
  readonly code: string;
  readonly severity: Severity;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

export function hasErrors(diagnostics: readonly { readonly severity: Severity }[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** In the order of the text; of two at one place the one of the lower code first. */
export function inTextOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      a.line - b.line ||
      a.column - b.column ||
      compareTexts(a.code, b.code) ||
      compareTexts(a.pointer, b.pointer),
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
