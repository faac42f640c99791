/** What was thrown -> words for people, and the exit status. */

import { ProblemError, UsageError } from "./errors.ts";
import { isColored, writeNote } from "./streams.ts";

export function statusOf(error: unknown): number {
  if (error instanceof ProblemError) {
    writeNote(error.message);
    return 1;
  }
  if (error instanceof UsageError) {
    writeNote(`${isColored() ? "\u001B[31mlvsgen:\u001B[0m" : "lvsgen:"} ${error.message}`);
    return 2;
  }
  const debug = Boolean(process.env.LVSGEN_DEBUG);
  const detail = debug && error instanceof Error ? error.stack : String(error);
  writeNote(`lvsgen: internal error, not your topology's fault: ${detail}`);
  if (!debug) writeNote("LVSGEN_DEBUG=1 shows where; please report it with the topology");
  return 2;
}
