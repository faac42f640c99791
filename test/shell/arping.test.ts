/**
 * What a script sends when it announces an address, seen on the wire: with every kind of arping there is, and with the
 * words of old ones (their outputs as recorded, the packet by the real program).
 */

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { unpackDebianPackages } from "../helpers/debian-package.ts";
import { repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const habets = join(folder, "habets");
const vip = "10.5.0.100";

/** A script's functions without its main, then one announcement. */
const script = readFileSync(join(repository, "out/pi1/lvs_dr.sh"), "utf8").replace(/\nmain "\$@"\n$/, "\n");

beforeAll(() => {
  unpackDebianPackages(folder, ["arping", "libnet1", "iputils-arping"]);
  writeFileSync(join(folder, "announce.sh"), `${script}announce ${vip} eth0\n`);
  const library = `LD_LIBRARY_PATH=$(echo ${folder}/usr/lib/*-linux-gnu)`;
  writeFileSync(habets, `#!/bin/sh\n${library} exec ${folder}/usr/sbin/arping "$@"\n`, { mode: 0o755 });
});

/** Old iputils end at once, after `seconds` of work. */
const oldIputils = (version: string, seconds: number) => `#!/bin/sh
[ "$1" != -V ] || { echo "arping utility, iputils-${version}"; exit 0; }
sleep ${seconds}
${folder}/usr/bin/arping "$@" >/dev/null
printf '%s\\n' "ARPING $6 from $6 $5" "Sent 1 probes (1 broadcast(s))" "Received 0 response(s)"
`;

/** Up to 2.13 or so it knows its interface by -i only. */
const oldHabets = () => `#!/bin/sh
for word; do
  case $word in -V | -I)
    echo "arping: invalid option -- '\${word#-}'" >&2
    echo "ARPing 2.09, by Thomas Habets <thomas@habets.se>" >&2
    exit 1 ;;
  esac
done
exec ${habets} "$@"
`;

const kinds: readonly (readonly [name: string, program: () => string])[] = [
  ["iputils of today", () => `#!/bin/sh\nexec ${folder}/usr/bin/arping "$@"\n`],
  ["iputils s20071127", () => oldIputils("s20071127", 0.15)],
  ["iputils s20161105", () => oldIputils("s20161105", 0.1)],
  ["Habets's of today", () => `#!/bin/sh\nexec ${habets} "$@"\n`],
  ["Habets's 2.09", oldHabets],
  ["busybox", () => `#!/bin/sh\nexec /bin/busybox arping "$@"\n`],
];

/** A host whose interface has an address of its own beside the VIP, and a neighbour that listens. */
const host = `set -eu
ip link set lo up
ip link add eth0 type veth peer name wire
ip link set wire up
ip link set eth0 up
ip addr add 10.5.0.2/24 dev eth0
ip addr add ${vip}/32 dev eth0
python3 -c "$listen" &
listener=$!
tries=0
until [ -e ${folder}/listening ]; do
  [ $tries -lt 400 ] || { echo "nobody listens" >&2; exit 99; }
  tries=$((tries + 1))
  sleep 0.05
done
# Whichever arping this machine has, the script finds the one under test.
for place in /usr/bin/arping /usr/sbin/arping; do
  [ ! -e $place ] || mount --bind ${folder}/arping $place
done
status=0
dash ${folder}/announce.sh || status=$?
# What was sent is in the listener's queue: it ends a second after the last packet.
wait $listener
exit $status
`;

/** Writes each ARP packet as "OPERATION SENDER TARGET DESTINATION". tcpdump wants to become another user, which a namespace has not. */
const listen = `import socket
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
wire.bind(("wire", 0))
open("${folder}/listening", "w").close()
wire.settimeout(20)
with open("${folder}/wire", "w") as out:
    while True:
        try:
            frame = wire.recv(100)
        except TimeoutError:
            break
        address = socket.inet_ntoa
        print(frame[21], address(frame[28:32]), address(frame[38:42]), frame[:6].hex(), file=out)
        wire.settimeout(1)
`;

test.each(kinds)("%s: a request for the VIP in the VIP's own name", (_, program) => {
  writeFileSync(join(folder, "arping"), program(), { mode: 0o755 });
  rmSync(join(folder, "listening"), { force: true });
  const { status, stderr } = spawnSync(
    "unshare",
    ["--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", host],
    { encoding: "utf8", timeout: 60_000, env: { ...process.env, listen } },
  );
  expect({ status, stderr: stderr.replace(/^\+ .*\n/, "") }).toEqual({ status: 0, stderr: "" });
  const packets = readFileSync(join(folder, "wire"), "utf8").trim().split("\n");
  expect(new Set(packets)).toEqual(new Set([`1 ${vip} ${vip} ffffffffffff`]));
});
