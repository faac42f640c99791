/** Ctrl-C during a deployment, and questions of ssh at a terminal; a program that acts as ssh replaces the hosts. */

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { cli, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const topology = join(repository, "examples/pi-lab/topology.json");

/** A folder for PATH with this ssh in it; `$verb` is what the host is asked to do. */
function standIn(behaviour: string): { readonly folder: string; readonly path: string } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "bin"));
  const file = join(folder, "bin/ssh");
  writeFileSync(
    file,
    `#!/bin/sh
case $1 in -O) exit 0 ;; esac
verb=$(sed -n 's/^VERB=//p')
answer() { printf '@lvsgen-deploy\\n@wants 6\\nstart\\n@end 0\\n'; }
${behaviour}
`,
  );
  chmodSync(file, 0o755);
  return { folder, path: `${join(folder, "bin")}:${process.env.PATH}` };
}

test("Ctrl-C: the current host is finished, no further host is begun, and both are reported", async () => {
  const { folder, path } = standIn(`
[ "$verb" = look ] || {
  echo "$*" >>"\${0%/bin/*}/begun"
  until [ -e "\${0%/bin/*}/go" ]; do sleep 0.1; done
}
answer`);
  const child = spawn(process.execPath, [cli, "deploy", topology, "--parallel", "1"], {
    env: { ...process.env, PATH: path },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (bytes) => {
    stdout += bytes;
  });
  child.stderr.on("data", (bytes) => {
    stderr += bytes;
  });
  while (!existsSync(join(folder, "begun"))) await wait(50);
  child.kill("SIGINT");
  while (!stderr.includes("starting no more hosts")) await wait(50);
  writeFileSync(join(folder, "go"), "");
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, stdout }).toEqual({ code: 1, stdout: "pi2  done\npi3  not touched\npi1  not touched\n" });
  expect(stderr).toContain("interrupted; not started: pi3, pi1");
  expect(readFileSync(join(folder, "begun"), "utf8").trim().split("\n")).toHaveLength(1);
});

test("where somebody is at a terminal, ssh may ask; one host after the other", () => {
  const { folder, path } = standIn(`
case $* in
  *BatchMode=yes*) echo "pi@x: Permission denied (publickey)." >&2; exit 255 ;;
esac
mkdir "\${0%/bin/*}/asking" || echo "two at once" >&2
echo "Enter passphrase: " >&2
sleep 0.2
rmdir "\${0%/bin/*}/asking"
answer`);
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { encoding: "utf8", cwd: folder, env: { ...process.env, PATH: path } });
  const asked = run("script", "-qec", `${process.execPath} ${cli} deploy ${topology} --dry-run`, "/dev/null");
  expect(asked.stdout.match(/Enter passphrase/g)).toHaveLength(3);
  expect(asked.stdout).not.toContain("two at once");
  expect(asked.status).toBe(0);
  // Nobody is there to be asked.
  const alone = run(process.execPath, cli, "deploy", topology, "--dry-run");
  expect(alone.stderr).toContain("ssh rejects the user pi");
  expect(alone.stderr).not.toContain("passphrase");
  expect(alone.status).toBe(1);
});
