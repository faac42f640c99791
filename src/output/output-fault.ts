/** Errors of reading or writing the output folder. */

import { refusalOf, UserFault } from "../base/user-fault.ts";
import { say } from "../languages/say.ts";

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
    if (reason === null) throw error;
    throw new OutputFault(
      action === "write"
        ? say`cannot write ${out}: ${reason}. The old output is unchanged.`
        : say`cannot read ${out}: ${reason}`,
    );
  }
}
