/** lvs_dr.sh with the real keepalived and its VRRP, in a network namespace; this kernel may have no ip_vs. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { sha256Hex } from "../../src/base/digest.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { makeFolder } from "../helpers/temporary.ts";

const topology = {
  version: 1,
  name: "shell",
  defaults: { os: "debian-12" },
  hosts: {
    lvs1: { interfaces: { eth0: "10.1.0.2/24" } },
    lvs2: { interfaces: { eth0: "10.1.0.3/24" } },
    web: { interfaces: { eth0: "10.1.0.11/24" } },
  },
  directors: { hosts: ["lvs1", "lvs2"], engine: "keepalived", vrrp: { advertInterval: 0.1 } },
  virtualServices: [{ name: "web", vip: "10.1.0.200", port: 80, realServers: [{ host: "web" }] }],
};

const folder = makeFolder();
const script = join(folder, "lvs_dr.sh");
const place = "/etc/keepalived/keepalived.conf";
const foreign = "global_defs {\n  router_id foreign\n}\n";

/** The files as rendered, but that nothing of them needs IPVS. */
function writeFiles(): void {
  const { cluster } = checkTopology(JSON.stringify(topology), "shell.json");
  if (cluster === null) throw new Error("the topology is invalid");
  const files = new Map(renderCluster(cluster, templates).map(({ path, text }) => [path, text]));
  const whole = files.get("lvs1/keepalived.conf") ?? "";
  const conf = whole.slice(0, whole.indexOf("\n# web\nvirtual_server"));
  const text = files.get("lvs1/lvs_dr.sh") ?? "";
  const [, list = ""] = /^resources\(\) \{[^\n]*\n([\s\S]*?)^\}$/m.exec(text) ?? [];
  expect(list).toMatch(/ {2}"\$1"_keepalived\n$/);
  writeFileSync(join(folder, "keepalived.conf"), conf);
  writeFileSync(script, text.replace(list, '  "$1"_keepalived\n').replace(sha256Hex(whole), sha256Hex(conf)));
}

const setUp = `set -eu
mount -t tmpfs none /run
mkdir /run/alternatives
mount --bind /etc/alternatives /run/alternatives
mount -t tmpfs none /etc
mkdir /etc/keepalived /etc/lvsgen
ln -s /run/alternatives /etc/alternatives
echo root:x:0:0:root:/root:/bin/sh >/etc/passwd
echo root:x:0: >/etc/group
cp ${folder}/keepalived.conf /etc/lvsgen/
ip link set lo up
ip link add eth0 type veth peer name peer
ip link set peer up
ip addr add 10.1.0.2/24 dev eth0
ip link set eth0 up
echo ready
exec sleep infinity
`;

let holder: ChildProcess | null = null;

function run(...command: readonly string[]): { status: number | null; said: string } {
  const enter = ["--target", String(holder?.pid), "--user", "--net", "--mount", "--pid", "--", ...command];
  const { status, stdout, stderr } = spawnSync("nsenter", enter, { encoding: "utf8" });
  return { status, said: stderr + stdout };
}

const dr = (verb: string) => run("dash", script, verb);
const sh = (text: string) => run("sh", "-c", text).said;

/** The last of the checks, which go on until one has the status. */
function checkedUntil(status: number): ReturnType<typeof dr> {
  for (let turn = 0; turn < 100; turn++) {
    const last = dr("check");
    if (last.status === status) return last;
    sh("sleep 0.1");
  }
  return dr("check");
}

beforeEach(async () => {
  writeFiles();
  // A process space of its own ends the daemons with the test.
  const unshare = ["--map-root-user", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"];
  const outer = spawn("unshare", [...unshare, "sh", "-c", setUp], { stdio: ["ignore", "pipe", "ignore"] });
  const [said] = await once(outer.stdout, "data");
  if (String(said) !== "ready\n") throw new Error(`no namespaces: ${said}`);
  holder = outer;
  const child = spawnSync("ps", ["-o", "pid=", "--ppid", String(outer.pid)], { encoding: "utf8" });
  Object.defineProperty(outer, "pid", { value: Number(child.stdout) });
});

afterEach(() => {
  if (holder?.pid !== undefined) process.kill(holder.pid, "SIGKILL");
  holder = null;
});

describe("lvs_dr.sh with keepalived", () => {
  test("starts it, says so, changes nothing the second time, and leaves nothing behind", () => {
    expect(dr("check")).toMatchObject({ status: 1, said: expect.stringContaining("would start keepalived") });
    expect(dr("start")).toMatchObject({ status: 0 });
    expect(dr("start").said).toContain("nothing changed");
    expect(dr("check")).toMatchObject({ status: 0 });
    expect(dr("status")).toMatchObject({
      status: 0,
      said: expect.stringContaining("keepalived: runs, master"),
    });
    expect(sh("ip -o addr show eth0")).toContain("10.1.0.200/32");
    expect(dr("stop")).toMatchObject({ status: 0 });
    expect(sh("ip -o addr show eth0")).not.toContain("10.1.0.200");
    expect(sh("ls /etc/keepalived /run; pgrep -r S,R keepalived")).not.toMatch(/keepalived.(conf|pid)|^\d/m);
  });

  test("reloads it for a new configuration, in the same process", () => {
    dr("start");
    const process = sh("cat /run/keepalived.pid");
    sh(`echo '# an older render' >>${place}`);
    expect(dr("check")).toMatchObject({ status: 1, said: expect.stringContaining(`in place of ${place}`) });
    expect(dr("start")).toMatchObject({ status: 0, said: expect.stringContaining("kill -HUP") });
    expect(sh("cat /run/keepalived.pid")).toBe(process);
  });

  test("puts back the configuration that it found, and leaves running what ran", () => {
    writeFileSync(join(folder, "foreign.conf"), foreign);
    sh(`cp ${folder}/foreign.conf ${place}; keepalived -p /run/keepalived.pid; sleep 0.5`);
    const process = sh("cat /run/keepalived.pid");
    expect(dr("start")).toMatchObject({ status: 0 });
    expect(sh(`cat ${place}`)).toContain("10.1.0.200/32");
    expect(dr("stop")).toMatchObject({ status: 0 });
    expect(sh(`cat ${place}; ls /etc/keepalived`)).toBe(`${foreign}keepalived.conf\n`);
    expect(sh("cat /run/keepalived.pid; pgrep -o keepalived")).toBe(process + process);
  });

  test("does what was left when it is killed before keepalived has read the new configuration", () => {
    dr("start");
    sh(`cp ${place} /run/same; : >/run/lvsgen/keepalived.pending`);
    expect(dr("check")).toMatchObject({
      status: 1,
      said: expect.stringContaining("read its new configuration"),
    });
    expect(dr("start").said).toContain("kill -HUP");
    expect(dr("check")).toMatchObject({ status: 0 });
  });

  test("reads a configuration that somebody wrote again, in the same process", () => {
    dr("start");
    const process = sh("cat /run/keepalived.pid");
    sh(`touch -d '1 hour ago' ${place}`);
    expect(dr("check")).toMatchObject({
      status: 1,
      said: expect.stringContaining(`read ${place}, which was changed`),
    });
    expect(dr("start")).toMatchObject({ status: 0, said: expect.stringContaining("kill -HUP") });
    expect(dr("start").said).toContain("nothing changed");
    expect(sh("cat /run/keepalived.pid")).toBe(process);
  });

  test.each(beforeRelease(["dash", "bash", "busybox"], ["dash"]))(
    "restarts one that runs with another file, under %s",
    (shell) => {
      dr("start");
      sh(`kill $(cat /run/keepalived.pid); while [ -e /run/keepalived.pid ]; do sleep 0.1; done
      sed '/^# Generated/d' ${place} >/run/my-own.conf; keepalived -f /run/my-own.conf -p /run/keepalived.pid; sleep 0.5`);
      const under = (verb: string) =>
        run(...(shell === "busybox" ? ["busybox", "ash"] : [shell]), script, verb);
      expect(under("check")).toMatchObject({
        status: 1,
        said: expect.stringContaining("would restart keepalived: it runs with another file"),
      });
      expect(under("status")).toMatchObject({ status: 150 });
      expect(under("start")).toMatchObject({
        status: 0,
        said: expect.stringContaining("restarting keepalived"),
      });
      expect(under("check")).toMatchObject({ status: 0 });
    },
  );

  test("finds that its VRRP process is gone; one that is started again is no difference", () => {
    dr("start");
    // A parent that stands still starts none again.
    sh("kill -STOP $(cat /run/keepalived.pid); kill -KILL $(cat /run/vrrp.pid)");
    // A busy machine takes its time to end the process, and keepalived to start another one.
    expect(checkedUntil(1)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/would restart keepalived: its process for vrrp, \d+, is gone/),
    });
    sh("kill -CONT $(cat /run/keepalived.pid)");
    expect(checkedUntil(0)).toMatchObject({ status: 0 });
  });

  // Each run waits for an election that does not come.
  releaseTest("a restart that does not help is not tried at every run", () => {
    const missing = "10.1.0.200/32%eth0 10.1.0.201/32%eth0";
    sh(`sed -i "s,^MOVING=.*,MOVING='${missing}'," ${script}`);
    // The master has the one and not the other.
    sh(`sed 's/^MOVING=.*/MOVING=10.1.0.200\\/32%eth0/' ${script} >${folder}/right.sh`);
    expect(run("dash", `${folder}/right.sh`, "start")).toMatchObject({ status: 0 });
    sh("until ip -o addr show eth0 | grep -q 10.1.0.200/; do sleep 0.1; done");
    const told = /it has 1 of 2 addresses, and not 10\.1\.0\.201\/32 on eth0/;
    const restarts: boolean[] = [];
    for (let turn = 0; turn < 5; turn++) {
      const before = sh("cat /run/keepalived.pid");
      expect(dr("reload")).toMatchObject({ status: 1, said: expect.stringMatching(told) });
      restarts.push(sh("cat /run/keepalived.pid") !== before);
    }
    expect(restarts).toEqual([true, true, false, true, false]);
    expect(run("dash", `${folder}/right.sh`, "start")).toMatchObject({ status: 0 });
    expect(sh("ls /run/lvsgen")).not.toContain("tried");
  });

  test("refuses files that do not belong together, and what keepalived rejects, and changes nothing", () => {
    sh("echo bogus >>/etc/lvsgen/keepalived.conf");
    expect(dr("start")).toMatchObject({ status: 6, said: expect.stringContaining("do not belong together") });
    const digest = sh("sha256sum /etc/lvsgen/keepalived.conf").slice(0, 64);
    sh(`sed -i 's/^KEEPALIVED_SHA256=.*/KEEPALIVED_SHA256=${digest}/' ${script}`);
    expect(dr("start")).toMatchObject({
      status: 6,
      said: expect.stringContaining("Unknown keyword 'bogus'"),
    });
    sh("rm /etc/lvsgen/keepalived.conf");
    expect(dr("start")).toMatchObject({ status: 6, said: expect.stringContaining("run setup.sh") });
    expect(sh("ls /etc/keepalived; pgrep keepalived")).toBe("");
  });
});
