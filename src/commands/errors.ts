/** Errors of the commands themselves. */

import { UserFault } from "../base/user-fault.ts";

/** The input or the output has problems: exit status 1. */
export class ProblemError extends UserFault {
  override readonly name = "ProblemError";
  override readonly kind = "problem";
}

/** Wrong usage, or something that lvsgen needs is missing: exit status 2. */
export class UsageError extends UserFault {
  override readonly name = "UsageError";
  override readonly kind = "usage";
}

/** Interrupted before the work was done. */
export class Interrupted extends UserFault {
  override readonly name = "Interrupted";
  override readonly kind = "interrupted";
}
