/** What a deployment did, host by host. */

/**
 * - `done`: the version is in service; `unchanged`: it was before
 * - `differs`: a dry run found something to change
 * - `untouched`: not begun, or refused before anything was changed
 * - `failed`: half-way; `undone`: back at the version before
 * - `unknown`: the connection was lost and did not come back
 */
export type Outcome = "done" | "unchanged" | "differs" | "untouched" | "failed" | "undone" | "unknown";

export interface HostReport {
  readonly host: string;
  readonly outcome: Outcome;
  /** Whether the host is why the roll-out stopped. */
  readonly isCause: boolean;
  readonly words: string;
  /** What to do; empty where there is nothing to. */
  readonly remedy: string;
  /** What is changed beside files. */
  readonly wants: readonly string[];
  /** Unified diff of its files. */
  readonly diff: string;
}

const nothing = { isCause: false, words: "", remedy: "", wants: [], diff: "" };

export function report(host: string, outcome: Outcome, rest: Partial<HostReport> = {}): HostReport {
  return { ...nothing, ...rest, host, outcome };
}

export function isFailed({ isCause }: HostReport): boolean {
  return isCause;
}
