/** Places in the texts. */

/** One text: a file, or standard input. */
export interface Source {
  /** As the user gave it, or as an include names it; `-` for standard input. */
  readonly name: string;
  readonly text: string;
}

export interface Place {
  readonly source: Source;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

export function startOf(source: Source): Place {
  return { source, line: 1, column: 1 };
}

/** A word of a line, without its quotes. */
export interface Word {
  readonly text: string;
  readonly place: Place;
}
