/** What taking lvsgen off did, host by host. */

/**
 * - `done`: lvsgen is off; `nothing`: the host had nothing of it
 * - `found`: a dry run found something to take off
 * - `untouched`: not begun, or refused before anything was changed
 * - `failed`: half-way: the same command goes on
 * - `unknown`: the connection was lost, and the host could not be reached again
 */
export type RetireOutcome = "done" | "nothing" | "found" | "untouched" | "failed" | "unknown";

export interface RetiredHost {
  /** As on the command line, or its name in the topology. */
  readonly host: string;
  readonly outcome: RetireOutcome;
  /** Whether the command stopped because of this host. */
  readonly isCause: boolean;
  readonly words: string;
  /** What to do; empty if there is nothing to do. */
  readonly remedy: string;
  /** What is stopped, removed and restored there, in this order. */
  readonly steps: readonly string[];
}

const nothing = { isCause: false, words: "", remedy: "", steps: [] };

export function report(host: string, outcome: RetireOutcome, rest: Partial<RetiredHost> = {}): RetiredHost {
  return { ...nothing, ...rest, host, outcome };
}
