/**
 * This machine as a host: its own network and processes, and what is written to /etc, /usr/local, /var/lib and /run is gone
 * when the commands have ended. Much cheaper than a system's tree; systemd does not run.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./temporary.ts";

const ENTER = `set -eu
files=$1
mount -t tmpfs none /run
mkdir /run/layers
for place in etc usr/local var/lib; do
  mkdir -p /run/layers/$place/upper /run/layers/$place/work
  mount -t overlay overlay -o "lowerdir=/$place,upperdir=/run/layers/$place/upper,workdir=/run/layers/$place/work" "/$place"
done
mount -t tmpfs none /run
ip link set lo up
ip link add eth0 type veth peer name peer
ip link set eth0 up
cd "$files"
. ./commands
`;

/** @param files by name, in the folder where the commands run, a shell text; it ends at the first that fails */
export function onOverlaidHost(
  files: Readonly<Record<string, string>>,
  commands: string,
): { readonly status: number | null; readonly stdout: Buffer; readonly stderr: string } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries({ ...files, commands })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  }
  const own = ["--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child"];
  const { status, stdout, stderr } = spawnSync("unshare", [...own, "sh", "-c", ENTER, "sh", folder], {
    timeout: 60_000,
  });
  return { status, stdout, stderr: stderr.toString() };
}
