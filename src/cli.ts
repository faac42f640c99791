#!/usr/bin/env node

/** The command line: the only place that sets the exit status. */

import { version } from "./base/version.ts";
import { writeData } from "./commands/streams.ts";

/** @returns the exit status */
async function main(words: readonly string[]): Promise<number> {
  // Answered before yargs is loaded, which takes three times as long as all the rest.
  if (words.length === 1 && words[0] === "--version") {
    writeData(`${version}\n`);
    return 0;
  }
  const { run } = await import("./commands/run.ts");
  return run(words);
}

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
