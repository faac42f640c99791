/** What a roll did with each host. */

/**
 * - `planned`: a dry run
 * - `done`: the command ended well, and the host is in service again
 * - `done before`: by the roll that this one resumes
 * - `failed`: no later host is begun
 * - `interrupted`: back in service before the command began
 * - `untouched`: not begun
 */
export type RollOutcome = "planned" | "done" | "done before" | "failed" | "interrupted" | "untouched";

export interface RolledHost {
  readonly host: string;
  /** From 1; hosts of one step are rolled at once. 0: done before, or the roll could not begin. */
  readonly step: number;
  readonly outcome: RollOutcome;
  /** Whether it stays drained now: because it failed, or because it was drained before. */
  readonly drained: boolean;
  /** Exit status of the command; null: it was not run, or the connection was lost. */
  readonly code: number | null;
  /** The reason, if there is one. */
  readonly words: string;
}
