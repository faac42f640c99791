/** Many hosts: what a dry run costs beside ssh itself, which a program that answers at once stands in for. */

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
mkdirSync(join(folder, "bin"));
const log = join(folder, "log");
writeFileSync(
  join(folder, "bin/ssh"),
  `#!/bin/sh
case $1 in -O) exit 0 ;; esac
echo "$*" >>'${log}'
cat >/dev/null
printf '@lvsgen-deploy\\n@versions 0\\n@wants 0\\n@check.lvs_rs 2\\n0\\n@end 0\\n'
`,
);
chmodSync(join(folder, "bin/ssh"), 0o755);

/** Of one director and many real servers. */
function topologyOf(count: number): string {
  const address = (at: number): string => `10.9.${Math.floor(at / 250)}.${(at % 250) + 1}`;
  const names = Array.from({ length: count }, (_, at) => `web${at}`);
  const file = join(folder, `${count}.json`);
  const hosts = ["lvs", ...names].map((name, at) => [name, { interfaces: { eth0: `${address(at)}/16` } }]);
  writeFileSync(
    file,
    JSON.stringify({
      version: 1,
      name: "many",
      defaults: { os: "debian-12", ssh: { user: "ops" } },
      hosts: Object.fromEntries(hosts),
      directors: { hosts: ["lvs"] },
      virtualServices: [
        { name: "web", vip: "10.9.255.1", port: 80, realServers: names.map((host) => ({ host })) },
      ],
    }),
  );
  return file;
}

function dryRun(count: number): { readonly seconds: number; readonly stdout: string } {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "deploy", topologyOf(count), "--dry-run"],
    {
      env: { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` },
      encoding: "utf8",
      // A new host's scripts are all new lines.
      maxBuffer: 1 << 30,
    },
  );
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return { seconds: (performance.now() - begin) / 1000, stdout };
}

test("a dry run of 300 hosts is a matter of seconds, and costs grow with their number", () => {
  dryRun(10);
  const some = dryRun(100);
  writeFileSync(log, "");
  const many = dryRun(300);
  expect(many.stdout.match(/^\+\+\+ b\/\w+\/usr\/local\/sbin\/lvs_rs\.sh$/gm)).toHaveLength(300);
  // Each is asked once, by a program on its standard input.
  expect(readFileSync(log, "utf8").trim().split("\n")).toHaveLength(301);
  // Three times the hosts; a cost that grows with their square would be nine times.
  expect(many.seconds).toBeLessThan(6 * some.seconds);
});
