/** Errors of reading or writing the output folder. */

import { refusalOf, UserFault } from "../base/user-fault.ts";

export class OutputFault extends UserFault {
  override readonly name: string = "OutputFault";
  override readonly kind = "output";
}

/** @throws OutputFault with the reason; the old output is unchanged */
export function onFiles<T>(out: string, work: () => T, action: "write" | "read" = "write"): T {
  try {
    return work();
  } catch (error) {
    const reason = refusalOf(error);
    throw reason === null
      ? error
      : new OutputFault(
          `cannot ${action} ${out}: ${reason}${action === "write" ? ". The old output is unchanged." : ""}`,
        );
  }
}
