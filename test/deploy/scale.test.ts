/** Many hosts: what a dry run costs besides ssh itself, which is replaced by a program that answers at once. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../helpers/temporary.ts";
import { growingBlocks, measuredRun } from "../helpers/work.ts";

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

function dryRun(count: number) {
  const path = `${folder}/bin:${process.env.PATH}`;
  const { status, stderr, ...run } = measuredRun(["deploy", topologyOf(count), "--dry-run"], { path });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return run;
}

test("a dry run asks each host once, and its work grows with the number of hosts", () => {
  const some = dryRun(100);
  writeFileSync(log, "");
  const many = dryRun(300);
  expect(many.stdout.match(/^\+\+\+ b\/\w+\/usr\/local\/sbin\/lvs_rs\.sh$/gm)).toHaveLength(300);
  // By a program on its standard input.
  expect(readFileSync(log, "utf8").trim().split("\n")).toHaveLength(301);
  // Three times the hosts; what grows with their square would be nine times.
  expect(growingBlocks(some.work, many.work, 4, 10_000)).toEqual([]);
});
