/** lvs_dr.sh on a host whose SELinux refuses keepalived's checks: this kernel has none, its files are laid out as there. */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { makeFolder } from "../helpers/temporary.ts";

const topology = {
  version: 1,
  name: "refused",
  defaults: { os: "rocky-9" },
  hosts: {
    lvs: { interfaces: { eth0: "10.1.0.2/24" } },
    web: { interfaces: { eth0: "10.1.0.11/24" } },
  },
  directors: { hosts: ["lvs"], engine: "keepalived" },
  virtualServices: [
    {
      name: "app",
      vip: "10.1.0.200",
      port: 8000,
      realServers: [{ host: "web" }],
      healthCheck: { type: "tcp" },
    },
  ],
};

const folder = makeFolder();
const script = join(folder, "lvs_dr.sh");

/** With what stands there of SELinux, and nothing that needs IPVS. */
beforeAll(() => {
  const { cluster } = checkTopology(JSON.stringify(topology), "refused.json");
  if (cluster === null) throw new Error("the topology is invalid");
  const files = new Map(renderCluster(cluster, templates).map(({ path, text }) => [path, text]));
  const text = files.get("lvs/lvs_dr.sh") ?? "";
  const [, list = ""] = /^resources\(\) \{[^\n]*\n([\s\S]*?)^\}$/m.exec(text) ?? [];
  const own = list.split("\n").filter((line) => line.includes("_selinux "));
  expect(own).toHaveLength(1);
  mkdirSync(join(folder, "selinux/booleans"), { recursive: true });
  writeFileSync(script, text.replace(list, `${own.join("\n")}\n`));
});

/** @param state the contents of SELinux's files, which end without a line break; null: the kernel has no SELinux */
function run(shell: readonly string[], verbs: readonly string[], state: Record<string, string> | null) {
  const files = Object.entries(state ?? {}).map(
    ([name, text]) => `printf %s '${text}' >/sys/fs/selinux/${name}`,
  );
  const commands = [
    "mount -t tmpfs none /run && mount -t tmpfs none /sys/fs",
    ...(state === null ? [] : ["mkdir -p /sys/fs/selinux/booleans", ...files]),
    "ip link add eth0 type veth peer name peer && ip addr add 10.1.0.2/24 dev eth0 && ip link set eth0 up",
    ...verbs.map((verb) => `${shell.join(" ")} ${script} ${verb}; echo "$?"`),
  ];
  const enter = ["--net", "--mount", "--map-root-user", "sh", "-c", commands.join("\n")];
  const { stdout, stderr } = spawnSync("unshare", enter, { encoding: "utf8" });
  // What the firewall must allow does not matter here.
  return { stdout: stdout.replaceAll(/^firewall: .*\n/gm, ""), stderr };
}

const off = { enforce: "1", "booleans/keepalived_connect_any": "0 0" };

describe.each([["dash"], ["bash"], ["busybox", "ash"]])("in %s", (...shell) => {
  test("check and status tell of a boolean that is off, and start says what helps", () => {
    const { stdout, stderr } = run(shell, ["check", "start", "status"], off);
    const [check, refused, start, done, ...status] = stdout.trimEnd().split("\n");
    expect(check).toBe(
      "would need 'setsebool -P keepalived_connect_any 1', which setup.sh does: SELinux blocks keepalived's checks",
    );
    expect(refused).toBe("1");
    expect(stderr).toContain(
      "note: SELinux blocks keepalived's checks, and so all servers count as down: run setup.sh, or 'setsebool",
    );
    expect(start).toContain("nothing changed");
    expect(done).toBe("0");
    expect(status.join("\n")).toContain("SELinux: keepalived_connect_any is off");
    expect(status.at(-1)).toBe("150");
  });

  test.each([
    ["it is on", { ...off, "booleans/keepalived_connect_any": "1 1" }],
    ["nothing is enforced", { ...off, enforce: "0" }],
    ["the policy has no such boolean", { enforce: "1" }],
    ["there is no SELinux", null],
  ])("nothing is said where %s", (_, state) => {
    const { stdout, stderr } = run(shell, ["start", "check"], state);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^lvs_dr.sh: already .*\n0\nlvs_dr.sh: as it should be\n0\n$/);
  });
});
