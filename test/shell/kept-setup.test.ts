/** A kept setup.sh that a power cut left empty: the later one says so before it changes anything, and forgets nothing. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";

const setup = join(repository, "out/pi2/setup.sh");

const host = `set -eu
mount -t tmpfs none /var/lib
ip link set lo up
ip addr add 192.168.1.107/32 dev lo
mkdir -p /var/lib/lvsgen/undo
echo nginx >/var/lib/lvsgen/web-server
: >/var/lib/lvsgen/undo/web-server
status=0
sh ${setup} --uninstall 2>&1 || status=$?
echo "$status"
cat /var/lib/lvsgen/web-server
`;

test("an empty one undoes nothing, and is not taken for one that did", () => {
  const args = ["--map-root-user", "--net", "--mount", "sh", "-c", host];
  const { stdout } = spawnSync("unshare", args, { encoding: "utf8", timeout: 60_000 });
  expect(stdout).toMatch(/^setup\.sh: \S+web-server is from an earlier topology, .*\n1\nnginx\n$/);
});
