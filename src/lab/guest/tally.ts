/** Counts of answers and errors, as a client's child reports them. */

export type Counts = Readonly<Record<string, number>>;

/** Who answered how often, and the errors by code. */
export interface Tally {
  readonly servers: Counts;
  readonly errors: Counts;
}

export const NOTHING: Tally = { servers: {}, errors: {} };

export function mergeCounts(all: readonly Counts[]): Counts {
  const merged: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
    merged[name] = (merged[name] ?? 0) + count;
  return merged;
}

export function mergeTallies(all: readonly Tally[]): Tally {
  return {
    servers: mergeCounts(all.map(({ servers }) => servers)),
    errors: mergeCounts(all.map(({ errors }) => errors)),
  };
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Requests that were answered or have failed. */
export function requestsOf({ servers, errors }: Tally): number {
  return sumOf(servers) + sumOf(errors);
}
