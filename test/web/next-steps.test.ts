/** The commands of the tab Next steps: shells take them, and the line to paste does on a host what the folder does. */

import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { nextSteps } from "../../web/src/worker/next-steps.ts";
import { pasteOf } from "../../web/src/worker/paste.ts";
import { Rendering } from "../../web/src/worker/rendering.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const text = `version: 1
name: shop
defaults: { os: debian-12 }
hosts:
  lb: { interfaces: { eth0: [10.0.0.1/24, "fd00::1/64"] }, ssh: { user: pi, port: 2222 } }
  web1: { interfaces: { eth0: [10.0.0.11/24, "fd00::11/64"] }, ssh: { address: "fd00::11" } }
  spare: { interfaces: { eth0: 10.0.0.12/24 } }
directors: { hosts: [lb] }
virtualServices:
  - { name: web, vip: 10.0.0.100, port: 80, realServers: [web1] }
  - { name: secure, vip: "fd00::100", port: 443, realServers: ["fd00::11"] }
  - { name: dns, vip: 10.0.0.100, port: 53, protocol: udp, realServers: [web1] }
  - { name: log, vip: 10.0.0.100, port: 514, protocol: udp, realServers: [web1] }
`;

function cluster() {
  const { cluster: made, diagnostics } = checkTopology(text, "topology.yaml");
  if (made === null) throw new Error(JSON.stringify(diagnostics));
  return made;
}

test("real servers come first, hosts without a role have none; users, ports and IPv6 are in the commands", () => {
  const { hosts, requests } = nextSteps(cluster());
  expect(hosts.map(({ name, commands }) => [name, commands.copy, commands.check])).toEqual([
    ["web1", "scp -r web1 root@[fd00::11]:", "ssh -t root@fd00::11 '/usr/local/sbin/lvs_rs.sh check'"],
    [
      "lb",
      "scp -P 2222 -r lb pi@10.0.0.1:",
      "ssh -t -p 2222 pi@10.0.0.1 'sudo /usr/local/sbin/lvs_dr.sh check'",
    ],
  ]);
  expect(hosts[1]?.commands.undo).toBe("ssh -t -p 2222 pi@10.0.0.1 'cd lb && sudo sh setup.sh --uninstall'");
  expect(requests).toEqual([
    "curl -I http://10.0.0.100:80/",
    "curl -kI https://[fd00::100]:443/",
    "dig @10.0.0.100 example.net",
  ]);
  const lines = [...hosts.flatMap(({ commands }) => Object.values(commands)), ...requests].join("\n");
  expect(spawnSync("sh", ["-n"], { input: lines, encoding: "utf8" })).toMatchObject({
    status: 0,
    stderr: "",
  });
});

test("the line to paste unpacks the host's files with their modes, and runs its setup.sh", () => {
  const files = new Rendering(cluster()).group("web1");
  const runs = files.map((file) =>
    file.path === "web1/setup.sh" ? { ...file, text: 'echo "set up in $PWD"\n' } : file,
  );
  const folder = temporaryFolder();
  const line = pasteOf("web1", runs, "");
  expect(line).not.toContain("\n");
  expect(pasteOf("web1", runs, "")).toBe(line);
  const { stdout, status } = spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: `set up in ${join(folder, "web1")}\n`, status: 0 });
  for (const { path, text: content, mode } of runs) {
    expect(readFileSync(join(folder, path), "utf8"), path).toBe(content);
    expect(statSync(join(folder, path)).mode & 0o777, path).toBe(mode);
  }
});
