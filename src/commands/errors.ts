/** Errors that are the user's to mend. Any other one is a fault of lvsgen itself. */

/** The input or the output has problems: exit status 1. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
}

/** Wrong usage, or something outside that lvsgen needs is not there: exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
