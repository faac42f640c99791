/** A run's own copy of the bundled runner: its children are started minutes later, and a build may have replaced it. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** What a bundle asks for beside it: the parts it was split into. */
const PART = /\brequire\("\.\/([^"/]+)"\)/g;

/** Copies a bundle with its parts; the copy's path. */
export function copyGuest(guest: string, folder: string): string {
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const pending = [basename(guest)];
  for (const name of pending) {
    const text = readFileSync(join(dirname(guest), name), "utf8");
    writeFileSync(join(folder, name), text);
    for (const [, part = ""] of text.matchAll(PART)) if (!pending.includes(part)) pending.push(part);
  }
  return join(folder, basename(guest));
}
