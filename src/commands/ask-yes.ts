/** Asks a person at the terminal whether to go on. */

import { say } from "../languages/say.ts";
import { terminalStream } from "./streams.ts";

/** Whether somebody is there to answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Anything but yes is no; so are the end of the input and an aborted signal.
 *
 * @param question without its question mark's answer: `Go on?`
 */
export function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  const { stdin } = process;
  terminalStream().write(say`${question} [y/N] `);
  stdin.setEncoding("utf8");
  return new Promise((resolve) => {
    const end = (answer: boolean): void => {
      stdin.off("data", onData);
      stdin.off("end", onNo);
      signal.removeEventListener("abort", onNo);
      stdin.pause();
      resolve(answer);
    };
    const onData = (text: string): void => end(/^\s*y(es)?\s*$/i.test(text));
    const onNo = (): void => {
      terminalStream().write("\n");
      end(false);
    };
    stdin.on("data", onData);
    stdin.on("end", onNo);
    signal.addEventListener("abort", onNo);
    stdin.resume();
  });
}
