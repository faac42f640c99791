/** The results of a part of the bench. */

export interface Target {
  readonly what: string;
  /** As in the table, e.g. "at most 1.6 x". */
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Findings {
  readonly targets: readonly Target[];
  readonly tables: readonly Table[];
}

export interface PartOptions {
  /** Fewer rounds, and no case that takes minutes. */
  readonly quick: boolean;
  readonly work: string;
  readonly say: (line: string) => void;
}

export interface Part {
  readonly name: string;
  readonly run: (options: PartOptions) => Promise<Findings> | Findings;
}

export function atMost(what: string, measured: number, most: number, unit: string): Target {
  const isMet = measured <= most;
  return { what, wanted: `at most ${most} ${unit}`, measured: `${figure(measured)} ${unit}`, isMet };
}

export function atLeast(what: string, measured: number, least: number, unit: string): Target {
  const isMet = measured >= least;
  return { what, wanted: `at least ${least} ${unit}`, measured: `${figure(measured)} ${unit}`, isMet };
}

/** Three significant digits. */
export function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
