/** What was thrown -> words for people, and the exit status. */

import { type FaultKind, refusalOf, UserFault } from "../base/user-fault.ts";
import { isColored, writeNote } from "./streams.ts";

interface Consequence {
  readonly status: 1 | 2;
  /** Whether it is lvsgen that speaks; a problem's own words begin with where it is. */
  readonly named: boolean;
}

const problem: Consequence = { status: 1, named: false };
const refused: Consequence = { status: 2, named: true };

/** One row a kind. */
const consequences: Readonly<Record<FaultKind, Consequence>> = {
  problem,
  template: problem,
  interrupted: problem,
  usage: refused,
  templates: refused,
  output: refused,
  lint: refused,
  lab: refused,
  ssh: refused,
  system: refused,
};

/** Tells people, and says what the program's exit status is. */
export function statusOf(error: unknown): number {
  if (error instanceof UserFault) {
    const { status, named } = consequences[error.kind];
    writeNote(named ? `${ownName()} ${error.message}` : error.message);
    return status;
  }
  if (refusalOf(error) !== null) {
    writeNote(`${ownName()} the system refused what lvsgen needs: ${(error as Error).message}`);
    return refused.status;
  }
  const debug = Boolean(process.env.LVSGEN_DEBUG);
  const detail = debug && error instanceof Error ? error.stack : String(error);
  writeNote(`lvsgen: internal error, not your topology's fault: ${detail}`);
  if (!debug) writeNote("LVSGEN_DEBUG=1 shows where; please report it with the topology");
  return refused.status;
}

function ownName(): string {
  return isColored() ? "\u001B[31mlvsgen:\u001B[0m" : "lvsgen:";
}
