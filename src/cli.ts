#!/usr/bin/env node
/** The command line: the only place that sets the exit status. */

import { writeData } from "./commands/streams.ts";
import { version } from "./version.ts";

const words = process.argv.slice(2);

// Answered before yargs is loaded, which takes three times as long as all the rest.
if (words.length === 1 && words[0] === "--version") {
  writeData(`${version}\n`);
} else {
  const { run } = await import("./commands/run.ts");
  process.exitCode = await run(words);
}
