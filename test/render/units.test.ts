/** lvs_units.sh, which keepalived runs at changes of state: run under dash, with real addresses and stubs of services. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { clusterOf, web } from "../helpers/floating-cases.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const script = join(folder, "lvs_units.sh");
const units = ["haproxy", "php8.2-fpm.service"];
const cluster = clusterOf([
  { ...web, runOnMaster: units },
  { ...web, name: "web6", address: "fd00::10/64", runOnMaster: ["haproxy"] },
]);
writeFileSync(
  script,
  renderCluster(cluster, templates).find(({ path }) => path === "lb1/lvs_units.sh")?.text ?? "",
);

/** Services that note what is done to them. A start takes as long as /run/slow says. */
const service = `#!/bin/sh
name=\${0##*/}
case $1 in
  start) : >/run/begun; sleep "$(cat /run/slow)"; : >"/run/$name.on"; echo "start $name" >>/run/log ;;
  stop) rm -f "/run/$name.on"; echo "stop $name" >>/run/log ;;
  status) [ -e "/run/$name.on" ] ;;
esac
`;

/** systemctl as far as the script uses it, on the same services. */
const systemctl = `#!/bin/sh
name=\${2%.service}
case $1 in
  is-active) if [ -e "/run/$name.on" ]; then echo active; else echo inactive; exit 3; fi ;;
  start | stop) "/etc/init.d/$name" "$1" ;;
esac
`;

/** @returns lines of the log, and what the steps print */
function run(steps: string, manager: "sysv" | "systemd"): string[] {
  const own = join(folder, "service");
  writeFileSync(own, service, { mode: 0o755 });
  writeFileSync(join(folder, "systemctl"), systemctl, { mode: 0o755 });
  const lines = [
    "set -eu",
    "mount -t tmpfs none /run",
    "mkdir -p /run/lvsgen /run/etc",
    "mount --bind /run/etc /etc/init.d",
    `for name in haproxy php8.2-fpm; do cp '${own}' /etc/init.d/$name; done`,
    "echo 0 >/run/slow",
    ...(manager === "systemd"
      ? ["mkdir -p /run/systemd/system", `mount --bind '${join(folder, "systemctl")}' /usr/bin/systemctl`]
      : []),
    "state() { printf 'lvsgen-record 2 boot %s\\nend\\n' \"$1\" >/run/lvsgen/lvs_dr.record; }",
    `units() { dash '${script}' INSTANCE web "$1" 150; }`,
    "ip link add eth0 type veth peer name peer0",
    "ip link set eth0 up",
    "state started",
    ": >/run/log",
    steps,
    "cat /run/log",
  ];
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--map-root-user", "--net", "--mount", "sh", "-c", lines.join("\n")],
    { encoding: "utf8" },
  );
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.trim().split("\n");
}

const gain = "ip addr add 192.0.2.10/24 dev eth0";
const lose = "ip addr del 192.0.2.10/24 dev eth0";

describe.each(["sysv", "systemd"] as const)("units under %s", (manager) => {
  test("start with the address and stop without it; a second run changes nothing", () => {
    const steps = `units BACKUP; ${gain}; units MASTER; units MASTER; ${lose}; units BACKUP; units FAULT`;
    expect(run(steps, manager)).toEqual([
      "start haproxy",
      "start php8.2-fpm",
      "stop haproxy",
      "stop php8.2-fpm",
    ]);
  });

  test("run as long as one of their addresses is there", () => {
    const steps = `${gain}; ip addr add fd00::10/64 dev eth0 nodad; units MASTER; ${lose}; units BACKUP`;
    expect(run(steps, manager)).toEqual(["start haproxy", "start php8.2-fpm", "stop php8.2-fpm"]);
  });

  test("end as the last change says, when changes overlap", () => {
    const steps = [
      "echo 0.4 >/run/slow",
      gain,
      "units MASTER & first=$!",
      "until [ -e /run/begun ]; do :; done",
      `${lose}; units BACKUP; units FAULT; wait $first`,
      "ls /run/*.on 2>/dev/null || echo none",
    ];
    expect(run(steps.join("\n"), manager)[0]).toBe("none");
  });

  test("look again at the end of a start that outlasted the next change", () => {
    const steps = [
      "echo 0.4 >/run/slow",
      gain,
      "units MASTER & first=$!",
      "until [ -e /run/begun ]; do :; done",
      `${lose}; wait $first`,
      "ls /run/*.on 2>/dev/null || echo none",
    ];
    expect(run(steps.join("\n"), manager)[0]).toBe("none");
  });

  test("are left alone while lvs_dr.sh stops, and after that", () => {
    const steps = `${gain}; state stopping; units STOP; rm /run/lvsgen/lvs_dr.record; units STOP; echo stopped >>/run/log; state starting; units MASTER`;
    expect(run(steps, manager)).toEqual(["stopped", "start haproxy", "start php8.2-fpm"]);
  });
});

test("a unit that does not start is said, and the others are started", () => {
  const steps = `${gain}; printf '#!/bin/sh\\nexit 1\\n' >/etc/init.d/haproxy; units MASTER 2>/run/said && echo fine || echo failed; cat /run/said`;
  expect(run(steps, "sysv")).toEqual(["failed", "lvs_units.sh: cannot start haproxy", "start php8.2-fpm"]);
});

test("setup.sh keeps them from starting at boot, and enables them again when the topology has them no more", () => {
  const setup = renderCluster(cluster, templates).find(({ path }) => path === "lb1/setup.sh")?.text ?? "";
  const functions = join(folder, "functions.sh");
  writeFileSync(
    functions,
    setup.replace(/\nmain "\$@"\n$/, "\n").replace(/^STATE_DIR=\S+/m, "STATE_DIR=/run/state"),
  );
  const steps = `
mkdir /run/state /run/enabled
: >/run/enabled/haproxy.service
cat >/run/steps <<'END'
. '${functions}'
systemctl() {
  case $2 in
    is-enabled) [ -e "/run/enabled/$3" ] ;;
    disable) rm "/run/enabled/$3" && echo "$2 $3" >>/run/log ;;
    enable) : >"/run/enabled/$3" && echo "$2 $3" >>/run/log ;;
  esac
}
for times in once again; do leave_units "$UNITS"; echo "noted $(cat /run/state/units-were-enabled)" >>/run/log; done
leave_units php8.2-fpm
leave_units "$UNITS"
give_units_back ''
give_units_back ''
END
dash /run/steps 2>/dev/null`;
  expect(run(steps, "sysv")).toEqual([
    "disable haproxy.service",
    "noted haproxy",
    "noted haproxy",
    "enable haproxy.service",
    "disable haproxy.service",
    "enable haproxy.service",
  ]);
});
