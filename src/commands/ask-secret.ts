/** Reads a secret from the terminal without showing it. */

import { Interrupted } from "./errors.ts";
import { terminalStream } from "./streams.ts";

/** Control characters of a terminal in raw mode (termios(3)). */
const ENTER: ReadonlySet<string> = new Set(["\r", "\n", "\u0004"]);
const ERASE: ReadonlySet<string> = new Set(["\u007F", "\b"]);
const INTERRUPT = "\u0003";

/** @throws Interrupted when Ctrl-C is typed instead */
export function askSecret(question: string): Promise<string> {
  const { stdin } = process;
  const stderr = terminalStream();
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let secret = "";
    const end = (settle: () => void): void => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      settle();
    };
    const onData = (text: string): void => {
      for (const sign of text) {
        if (sign === INTERRUPT) end(() => reject(new Interrupted("interrupted")));
        else if (ENTER.has(sign)) end(() => resolve(secret));
        else secret = ERASE.has(sign) ? [...secret].slice(0, -1).join("") : secret + sign;
      }
    };
    stdin.on("data", onData);
  });
}
