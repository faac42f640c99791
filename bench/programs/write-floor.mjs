/**
 * The floor of a render: writes files of given sizes and modes, and nothing else. `write-floor.mjs LIST FOLDER`; the
 * list has [path, bytes, mode] of each file.
 */

import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";

const [, , list, folder] = process.argv;
const files = JSON.parse(readFileSync(list, "utf8"));
const bytes = Buffer.alloc(1 << 22, "x");
const made = new Set();

for (const [path, size, mode] of files) {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (!made.has(parent)) {
    mkdirSync(`${folder}/${parent}`, { recursive: true });
    made.add(parent);
  }
  const descriptor = openSync(`${folder}/${path}`, "wx", mode);
  for (let left = size; left > 0; ) left -= writeSync(descriptor, bytes, 0, Math.min(left, bytes.length));
  closeSync(descriptor);
}
