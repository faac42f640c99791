/** Units of runOnMaster on a host with the real keepalived: through an election, its end, and back. Needs root. */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { clusterOf, web } from "../helpers/floating-cases.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const service = `#!/bin/sh
name=\${0##*/}
case $1 in
  start) sleep 1; : >"/run/$name.on" ;;
  stop) rm -f "/run/$name.on" ;;
  status) [ -e "/run/$name.on" ] ;;
esac
`;

/** Each step: what it does, then the unit's state and what check says of it. */
const steps = (folder: string) => `
set -eu
for place in /run /etc/init.d /etc/keepalived /usr/libexec; do
  mkdir -p "$place"
  mount -t tmpfs -o mode=755 none "$place"
done
mkdir /usr/libexec/keepalived
cp '${folder}/lvs_units.sh' /usr/libexec/keepalived/
cp '${folder}/service' /etc/init.d/lvsgen-test
ip link set lo up
ip link add eth0 type veth peer name peer0
ip link set peer0 up
ip link set eth0 up
ip addr add 192.0.2.11/24 dev eth0
export LVSGEN_FOLDER='${folder}'
lvs() { dash '${folder}/lvs_dr.sh' "$@" 2>/run/said || echo "$1: exit $?: $(cat /run/said)"; }
unit() { if [ -e /run/lvsgen-test.on ]; then echo "$1: runs"; else echo "$1: does not run"; fi; }
await() { # runs or gone
  tries=0
  until case $1 in runs) [ -e /run/lvsgen-test.on ] ;; *) [ ! -e /run/lvsgen-test.on ] ;; esac; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] || return 0
    sleep 0.2
  done
}
# What check says until the unit runs.
changing() {
  tries=0
  until [ -e /run/lvsgen-test.on ] || [ "$tries" -ge 300 ]; do
    tries=$((tries + 1))
    lvs check | grep -o 'would.*' || :
    sleep 0.1
  done
}
: >/run/lvsgen-test.on
lvs check | grep -o 'would stop.*' || :
lvs start >/dev/null; changing; unit 'master'
lvs check | grep -c would || :
rm /run/lvsgen-test.on; lvs check | grep -o 'would start.*'
lvs reload >/dev/null; unit 'reloaded'
pid=$(cat /run/keepalived.pid); kill "$pid"; while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; await gone; unit 'keepalived ended'
lvs start >/dev/null; await runs; unit 'master again'
lvs stop >/dev/null; unit 'stopped, as it ran before'
`;

/** Its keepalived ends with it, also where a step fails. */
const alone = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

test.skipIf(process.getuid?.() !== 0)("start and stop with the address, and are as before after stop", () => {
  const folder = temporaryFolder();
  const cluster = clusterOf([{ ...web, runOnMaster: ["lvsgen-test"] }]);
  for (const { path, text, mode } of renderCluster(cluster, templates)) {
    if (!path.startsWith("lb1/")) continue;
    const file = join(folder, path.replace("lb1/", ""));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }
  writeFileSync(join(folder, "service"), service, { mode: 0o755 });
  const { stdout, stderr } = spawnSync("unshare", [...alone, "sh", "-c", steps(folder)], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const place = "192.0.2.10/24%eth0";
  expect(stdout.trim().split("\n")).toEqual([
    `would stop lvsgen-test: this host is not master of ${place}`,
    "master: runs",
    "0",
    `would start lvsgen-test: this host is master of ${place}`,
    "reloaded: runs",
    "keepalived ended: does not run",
    "master again: runs",
    "stopped, as it ran before: runs",
  ]);
});
