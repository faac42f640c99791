/**
 * A host that keepalived runs on has another master beside it while it is broken, as in service: what it does then does
 * not depend on how long an election takes.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Lab } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import { settleHolders } from "../guest/settle.ts";
import type { LabFile } from "../spec.ts";

/** The highest there is; 255 is an address's owner's (RFC 9568, 5.2.4). */
const HIGHEST = 254;

/** Floating addresses stay with the others: none comes to the host and goes again. */
export async function startOthers(lab: Lab, run: ScriptRun): Promise<void> {
  const others = othersOf(lab, run);
  for (const other of others) {
    if (other.script.role === "carrier") bringFiles(other, withHighest);
    await other.run("start");
  }
  if (others.length > 0) await settleHolders(lab);
}

/** As they were before, for whatever comes next. */
export async function stopOthers(lab: Lab, run: ScriptRun): Promise<void> {
  for (const other of othersOf(lab, run)) {
    await other.run("stop");
    bringFiles(other, (text) => text);
  }
}

function othersOf(lab: Lab, { script, machine }: ScriptRun): ScriptRun[] {
  // Where all directors are active, no other one changes what a host does.
  if (!script.startsKeepalived || lab.spec.announce !== null) return [];
  return lab.scripts.filter((other) => other.script.startsKeepalived && other.machine !== machine);
}

function withHighest(text: string): string {
  return text.replaceAll(/^( *priority )\d+$/gm, (_, before: string) => `${before}${HIGHEST}`);
}

/** The script knows its files by their digests. */
function bringFiles({ machine, script, text }: ScriptRun, change: (text: string) => string): void {
  const { host, namespace } = machine;
  let changed = text;
  for (const file of host.files) {
    const [before, after] = [textOf(file), change(textOf(file))];
    namespace.bring(file, after);
    changed = changed.replaceAll(digestOf(before), digestOf(after));
  }
  namespace.installText(changed, script.name);
}

function textOf({ source }: LabFile): string {
  return readFileSync(source, "utf8");
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
