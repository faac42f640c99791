/** What a deployment did, host by host. */

/**
 * - `done`: the version is in service; `unchanged`: it was before
 * - `differs`: a dry run found something to change
 * - `untouched`: not begun, or refused before anything was changed
 * - `failed`: half-way; `undone`: back at the previous version
 * - `unknown`: the connection was lost, and the host could not be reached again
 */
export type Outcome = "done" | "unchanged" | "differs" | "untouched" | "failed" | "undone" | "unknown";

export interface HostReport {
  readonly host: string;
  readonly outcome: Outcome;
  /** Whether the deployment stopped because of this host. */
  readonly isCause: boolean;
  readonly words: string;
  /** What to do; empty if there is nothing to do. */
  readonly remedy: string;
  /** What changes besides files. */
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
