/** What keeps the output folder from being read or written. */

import { refusalOf, UserFault } from "../base/user-fault.ts";

export class OutputFault extends UserFault {
  override readonly name: string = "OutputFault";
  override readonly kind = "output";
}

/** @throws OutputFault that says what the file system refused; the old output is as it was. */
export function onFiles<T>(out: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = refusalOf(error);
    throw reason === null
      ? error
      : new OutputFault(`cannot write ${out}: ${reason}. What was there is as it was.`);
  }
}
