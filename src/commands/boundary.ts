/** An error -> a message and the exit status. */

import { type FaultKind, refusalOf, UserFault } from "../base/user-fault.ts";
import { say } from "../languages/say.ts";
import { isColored, writeError } from "./streams.ts";

interface Consequence {
  readonly status: 1 | 2;
  /** Whether the message begins with `lvsgen:`; a problem's begins with its place. */
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

/** Prints the message, and returns the program's exit status. */
export function statusOf(error: unknown): number {
  if (error instanceof UserFault) {
    const { status, named } = consequences[error.kind];
    writeError(named ? `${ownName()} ${error.message}` : error.message);
    return status;
  }
  if (refusalOf(error) !== null) {
    writeError(`${ownName()} ${say`system error: ${(error as Error).message}`}`);
    return refused.status;
  }
  const debug = Boolean(process.env.LVSGEN_DEBUG);
  const detail = debug && error instanceof Error ? error.stack : String(error);
  writeError(`lvsgen: ${say`internal error of lvsgen, not of your topology: ${detail}`}`);
  if (!debug)
    writeError(say`run it with LVSGEN_DEBUG=1 for the place, and please report it with the topology`);
  return refused.status;
}

function ownName(): string {
  return isColored() ? "\u001B[31mlvsgen:\u001B[0m" : "lvsgen:";
}
