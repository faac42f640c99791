/**
 * Entry of the in-kernel runner (dist/lab-guest.js). Runs as root on a kernel with ip_vs, in a network and mount
 * namespace of its own: `guest SPEC EVENTS WORK`; and, as its own children, `responder NAME`, `client` and
 * `application NAME PORTS`.
 */

import { openSync, readFileSync, writeSync } from "node:fs";
import type { LabEvent } from "./events.ts";
import { runApplication } from "./guest/applications/own-program.ts";
import { runClient } from "./guest/client.ts";
import { runResponder } from "./guest/responder/responder.ts";
import { runGuest } from "./guest/run.ts";
import { wordsOf } from "./guest/words.ts";
import type { LabSpec } from "./spec.ts";

const [, , mode = "", ...args] = process.argv;

async function guest([specFile = "", eventsFile = "", work = ""]: readonly string[]): Promise<void> {
  // A socket that was passed on cannot be opened by name.
  const events = eventsFile.startsWith("fd:") ? Number(eventsFile.slice(3)) : openSync(eventsFile, "a");
  const emit = (event: LabEvent): void => {
    writeAll(events, `${JSON.stringify(event)}\n`);
  };
  const fail = (error: unknown): never => {
    emit({ type: "error", message: wordsOf(error) });
    process.exit(1);
  };
  // Also what no promise waits for: Node would print a stack.
  process.on("uncaughtException", fail);
  try {
    await runGuest(JSON.parse(readFileSync(specFile, "utf8")) as LabSpec, work, emit);
  } catch (error) {
    fail(error);
  }
  process.exit(0);
}

/** A serial line takes what it can at a time. */
function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
}

if (mode === "guest") void guest(args);
else if (mode === "responder") runResponder(args[0] ?? "");
else if (mode === "application") void runApplication(args);
else if (mode === "client") runClient();
else throw new Error(`unknown mode ${mode}`);
