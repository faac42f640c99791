/** How verify.yml asks floating addresses: by the real ansible-playbook, of hosts that are network namespaces. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { clusterOf, tracks, web } from "../helpers/floating-cases.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const project = join(folder, "ansible");
const hosts = ["lb1", "lb2"];

/** A track of another machine says nothing of who answers at the address. */
const cluster = clusterOf([
  {
    ...web,
    track: [
      { type: "tcp", port: 8080 },
      { type: "tcp", address: "192.0.2.1", port: 53 },
    ],
  },
  { ...web, name: "web6", address: "fd00::10/64", track: tracks.filter(({ type }) => type === "process") },
]);

for (const { path, text } of renderCluster(cluster, templates)) {
  if (!path.startsWith("ansible/")) continue;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The play alone: the others look at installed scripts. */
const verify = readFileSync(join(project, "verify.yml"), "utf8");
const play = verify.slice(verify.indexOf("- name: Every floating address"));
writeFileSync(join(project, "play.yml"), `---\n${play}`);
for (const host of hosts)
  writeFileSync(join(folder, `sh-${host}`), `#!/bin/sh\nexec ip netns exec ${host} /bin/sh "$@"\n`, {
    mode: 0o755,
  });
writeFileSync(
  join(folder, "hosts"),
  `[directors]\n${hosts
    .map(
      (host) =>
        `${host} ansible_connection=local ansible_become=false ansible_python_interpreter=/usr/bin/python3 ansible_shell_executable=${folder}/sh-${host}\n`,
    )
    .join("")}`,
);
writeFileSync(
  join(folder, "serve.mjs"),
  'import { createServer } from "node:net";\ncreateServer((socket) => socket.destroy()).listen(8080, () => console.log("up"));\n',
);

/** Each step: what it does, then the playbook's exit status, and what it says of addresses. */
const steps = `
set -eu
mount -t tmpfs none /run
mount -t sysfs none /sys
ip link set lo up
ip link add br0 type bridge
ip link set br0 up
ip addr add 192.0.2.1/24 dev br0
for host in ${hosts.join(" ")}; do
  ip netns add $host
  ip link add $host type veth peer name eth0 netns $host
  ip link set $host master br0 up
  ip -n $host link set lo up
  ip -n $host link set eth0 up
done
on() { host=$1; shift; ip -n "$host" addr "$@" dev eth0; }
on lb1 add 192.0.2.11/24
on lb2 add 192.0.2.12/24
mkfifo /run/up
ip netns exec lb1 ${process.execPath} '${folder}/serve.mjs' >/run/up &
server=$!
read -r _ </run/up
verify() {
  status=0
  ansible-playbook -i ../hosts play.yml "$@" >/run/said 2>&1 || status=$?
  echo "$status $(tr -s ' \\n' ' ' </run/said | grep -oE '[0-9] have it: [a-z0-9, ]*|web does not answer at [0-9., a-z]*|none of their tracks has a port\\): [a-z0-9, ]*|This machine is a host of the cluster' | sort -u | tr '\\n' ';')"
}
cd '${project}'
on lb1 add 192.0.2.10/24
on lb2 add fd00::10/64 nodad
verify
verify --limit lb1
on lb2 add 192.0.2.10/24
verify
on lb2 del 192.0.2.10/24
kill $server
verify
ip addr add 192.0.2.12/24 dev br0
verify
`;

test("each is on one host, which answers", () => {
  const { stdout, stderr } = spawnSync(
    "unshare",
    ["--map-root-user", "--net", "--mount", "sh", "-c", steps],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: folder, LC_ALL: "C.UTF-8", ANSIBLE_NOCOLOR: "1" },
    },
  );
  expect(stderr).toBe("");
  const unasked = "none of their tracks has a port): web6";
  expect(stdout.trim().split("\n")).toEqual([
    `0 ${unasked};`,
    // Its other host may have web6.
    `0 ${unasked};`,
    "2 2 have it: lb1, lb2;",
    `2 ${unasked};web does not answer at 192.0.2.10, port 8080;`,
    "2 This machine is a host of the cluster;",
  ]);
});
