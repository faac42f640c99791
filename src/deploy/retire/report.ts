/** What taking lvsgen off did, host by host. */

export type RetireOutcome = "done" | "nothing" | "found" | "untouched" | "failed" | "unknown";

export interface RetiredHost {
  /** As on the command line, or its name in the topology. */
  readonly host: string;
  /**
   * `nothing`: the host had nothing of lvsgen; `found`: a dry run found something; `untouched`: not begun, or refused
   * before anything was changed; `failed`: half-way, and the same command goes on; `unknown`: the connection was lost,
   * and the host could not be reached again.
   */
  readonly outcome: RetireOutcome;
  /** Whether the command stopped because of this host. */
  readonly isCause: boolean;
  /** Why, or what is to be known about the host; may be empty. */
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
