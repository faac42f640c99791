#!/usr/bin/env node

/** The command line: the only place that sets the exit status. */

import nodeModule from "node:module";
import { nodeFault } from "./base/check-node.ts";
import { version } from "./base/version.ts";
import { writeData, writeNote } from "./commands/streams.ts";

/** @returns the exit status */
async function main(words: readonly string[]): Promise<number> {
  const fault = nodeFault(process.versions.node);
  if (fault !== null) {
    writeNote(`lvsgen: ${fault}`);
    return 2;
  }
  // Before any command is loaded, as that takes three times as long as all the rest.
  if (words.length === 1 && (words[0] === "--version" || words[0] === "-v")) {
    writeData(`${version}\n`);
    return 0;
  }
  // From 22.1 on Node can cache compiled code.
  (nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
  const { run } = await import("./commands/run.ts");
  return run(words);
}

/** Reports every error in one place. */
async function fail(error: unknown): Promise<number> {
  const { statusOf } = await import("./commands/boundary.ts");
  return statusOf(error);
}

// Thrown without a caller: an unexpected event ends the program.
process.once("uncaughtException", (error) => {
  fail(error).then((status) => process.exit(status));
});
main(process.argv.slice(2))
  .catch(fail)
  // All is written by now; interrupted work may still run.
  .then((status) => process.exit(status));
