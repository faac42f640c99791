/** One thing that a check found in a generated file. */
export interface Finding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** shellcheck's code (`SC2086`), or lvsgen's own (`unit-…`, `manifest-…`). */
  readonly code: string;
  readonly message: string;
}
