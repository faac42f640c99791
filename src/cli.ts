#!/usr/bin/env node
/** The command line: wires commands, and is the only place that catches and sets the exit status. */

import { run } from "./commands/run.ts";
import { writeData } from "./commands/streams.ts";
import { version } from "./version.ts";

const words = process.argv.slice(2);

// Answered before yargs is loaded, which takes three times as long as all the rest.
if (words.length === 1 && words[0] === "--version") writeData(`${version}\n`);
else process.exitCode = await run(words);
