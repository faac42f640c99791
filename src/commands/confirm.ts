/** A question that only a person may answer with yes. */

import { createInterface } from "node:readline/promises";
import { say } from "../languages/say.ts";
import { Interrupted, ProblemError } from "./errors.ts";
import { terminalStream } from "./streams.ts";

/**
 * Asks at a terminal; without one, only --yes goes on.
 *
 * @param risk a sentence without its full stop
 * @throws ProblemError when the answer is no, or nobody is there to ask; Interrupted at Ctrl-C
 */
export async function confirm(risk: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new ProblemError(say`${risk}. Nothing was changed; --yes does it anyway`);
  const answer = await ask(say`${risk}. Go on? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new ProblemError(say`nothing was changed`);
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: terminalStream() });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once("SIGINT", () => reject(new Interrupted(say`interrupted; nothing was changed`)));
      // The end of the input is not a yes.
      lines.once("close", () => resolve(""));
      lines.question(question).then(resolve, reject);
    });
  } finally {
    lines.close();
  }
}
