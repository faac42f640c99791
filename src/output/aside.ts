/** The old output while it is aside: between the rename that moves it away and the one that moves the new output there. */

import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { refusalOf } from "../base/user-fault.ts";
import { say } from "../languages/say.ts";
import { OutputFault } from "./output-fault.ts";

/** @param work the work folder; the new output is made in its `next` */
export function nextIn(work: string): string {
  return join(work, "next");
}

export function previousIn(work: string): string {
  return join(work, "previous");
}

/** Whether the only old output is in the work folder: once the new one is in place, there is no `next` any more. */
export function holdsOldOutput(work: string): boolean {
  return existsSync(previousIn(work)) && existsSync(nextIn(work));
}

/** @throws OutputFault with the place of the old output, if it cannot be moved back */
export function putBack(previous: string, place: string): void {
  try {
    renameSync(previous, place);
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    throw new OutputFault(
      say`cannot write ${place}: ${reason}. Its files are now in ${previous}: fix that and keep ${place} free, and the next render moves them back.`,
    );
  }
}
