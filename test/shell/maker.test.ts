/**
 * The script that is kept beside a record: another file, or another script, is detected before anything is
 * changed, and what one of lvsgen 0.1.0 has stopped is looked at again.
 */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { makeFolder } from "../helpers/temporary.ts";

const direct = { name: "direct", vip: "10.7.0.200", port: 80, realServers: [{ host: "rs" }] };
const rewritten = {
  name: "rewritten",
  vip: "10.7.0.201",
  port: 81,
  forwarding: "nat",
  nat: { returnPath: "source-rule" },
  realServers: [{ host: "rs" }],
};

const folder = makeFolder();

/** The real server's script of these services, as a file of that name. */
function script(name: string, virtualServices: readonly object[]): { path: string; text: string } {
  const topology = {
    version: 1,
    name: "maker",
    defaults: { os: "debian-12" },
    hosts: {
      lvs: { interfaces: { eth0: "10.7.0.1/24" } },
      rs: { interfaces: { eth0: "10.7.0.11/24" } },
    },
    directors: { hosts: ["lvs"] },
    virtualServices,
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "maker.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  const text = renderCluster(cluster, templates).find(({ path }) => path === "rs/lvs_rs.sh")?.text ?? "";
  return { path: file(name, text), text };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o700 });
  return path;
}

/** Sysctls, an address, a route and a rule; then without the first two, for which the second has no part. */
const first = script("first.sh", [direct, rewritten]);
const second = script("second.sh", [rewritten]);
const none = script("none.sh", [direct]);

const maker = "/run/lvsgen/lvs_rs.sh";
const record = "/run/lvsgen/lvs_rs.record";
/** One of lvsgen 0.1.0 knows no "release", and stops under a lock of its own. */
const earlier = file("earlier.sh", first.text.replaceAll("cmd_release", "cmd_earlier"));

/** What these words print on a real server of its own; the functions are for them to use. */
function onHost(words: string): string {
  const host = `set -u
mount -t tmpfs none /run
ip link set lo up
ip link add eth0 type veth peer name wire
ip addr add 10.7.0.11/24 dev eth0
ip link set wire up
ip link set eth0 up
try() { "$@" >/run/said 2>&1; echo "$?"; }
vip() { ip -o addr show dev lo | grep -c 10.7.0.200; }
rules() { ip rule show | grep -c 'lookup 8000'; }
routes() { ip route show table all | grep -c 'table 8000'; }
${words}
`;
  const args = [
    "--map-root-user",
    "--net",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
    "sh",
    "-c",
    host,
  ];
  return spawnSync("unshare", args, { encoding: "utf8", timeout: 60_000 }).stdout;
}

test.each([
  ["is empty", `: >${maker}`],
  ["was cut short", `sed '/^main() {/,$d' ${first.path} >${maker}`],
  ["is another role's", `sed 's/^ROLE=.*/ROLE=lvs_dr/' ${first.path} >${maker}`],
])("a kept script that %s: check and start agree, and nothing is changed or forgotten", (_, damage) => {
  const said = onHost(`
try sh ${first.path} start
cp ${record} /run/before
${damage}
sh ${second.path} check | grep -c 'would fail, as this script cannot undo'
try sh ${second.path} start
try sh ${second.path} stop
cmp ${record} /run/before && vip && rules
try sh ${first.path} stop
vip
rules`);
  expect(said.split("\n")).toEqual(["0", "1", "1", "1", "1", "1", "0", "0", "0", ""]);
});

test("what is not this very script is not kept, and then nothing is changed", () => {
  // As where setup.sh has put another one there since this one was read.
  const said = onHost(`
try sh -c "$(cat ${first.path})" ${second.path} start
cat /run/said
vip
ls /run/lvsgen
cp ${none.path} /run/sh
cd /run
try sh -s start <${first.path}
ls /run/lvsgen`);
  expect(said).toMatch(/^1\n.*cannot keep a copy of .*second.sh.*\n0\nlvs_rs.lock\n1\nlvs_rs.lock\n$/);
});

test("what lvsgen 0.1.0's has stopped is looked at again", () => {
  const said = onHost(`
try sh ${first.path} start
cp ${earlier} ${maker}
try sh ${second.path} start
vip
rules
routes
try sh ${second.path} stop
rules
routes`);
  expect(said.split("\n")).toEqual(["0", "0", "0", "1", "1", "0", "0", "0", ""]);
});

test("where another run started while lvsgen 0.1.0's had its lock, its record stays", () => {
  const stub = file(
    "stub.sh",
    `ROLE=lvs_rs\nmain() { sh ${first.path} stop; sh ${none.path} start; }\nmain "$@"\n`,
  );
  const said = onHost(`
try sh ${first.path} start
printf '\\n' | cat - ${stub} >${maker}
try sh ${second.path} start
vip
try sh ${none.path} stop
vip`);
  expect(said.split("\n")).toEqual(["0", "1", "1", "0", "0", ""]);
});

test("what the caller's environment calls by a name of another part is not recorded", () => {
  const said = onHost(`
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
export ANNOUNCEMENTS='route 4%x absent
' OBSOLETE_SERVICES='rule 4%x absent
'
try sh ${none.path} start
grep -c '4%x' ${record}`);
  expect(said.split("\n")).toEqual(["1", "0", ""]);
});
