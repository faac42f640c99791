/**
 * The way into a lab that is kept: a folder that the machine and the lab both see. Whoever wants something done on a
 * host leaves a file there, and finds the answer beside it; no terminal, no network, one's own user only.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `on HOST COMMAND...` */
const ON = `#!/bin/sh
# Runs a command on a host of the lab whose folder this is in.
set -eu
door=\${0%/*}/door
[ "$#" -gt 1 ] || { echo "usage: $0 HOST COMMAND..." >&2; exit 2; }
host=$1
shift
request=$door/$$
printf '%s\\n%s\\n' "$host" "$*" >"$request.new"
trap 'rm -f "$request".*' EXIT
trap 'exit 130' INT TERM
mv "$request.new" "$request.ask"
while [ ! -e "$request.code" ]; do
  [ -d "$door" ] || { echo "$0: the lab has ended" >&2; exit 1; }
  sleep 0.1
done
cat "$request.out"
cat "$request.err" >&2
read -r code <"$request.code"
exit "$code"
`;

/** Makes a door in a lab's folder; its path. */
export function makeDoor(folder: string): string {
  const door = join(folder, "door");
  mkdirSync(door, { mode: 0o700 });
  writeFileSync(join(folder, "on"), ON, { mode: 0o755 });
  return door;
}
