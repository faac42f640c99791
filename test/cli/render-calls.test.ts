/** What a render does to the disk, counted by strace: it does not depend on the machine. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { topologyText } from "../../bench/topology.ts";
import { cli } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const changing = "openat,mkdir,rename,renameat,renameat2,link,unlink,rmdir,chmod,fchmod,symlink";

/** Calls that change something, and files that were written, below the folder. */
function render(folder: string, hosts: number, changed = 0): { calls: string[]; written: number } {
  const topology = join(folder, "topology.json");
  const log = join(folder, "log");
  writeFileSync(topology, topologyText({ hosts, changed }));
  const words = [cli, "render", topology, "--out", join(folder, "out"), "--no-lint"];
  const { status } = spawnSync("strace", [
    "-qq",
    "-e",
    `trace=${changing}`,
    "-o",
    log,
    process.execPath,
    ...words,
  ]);
  expect(status).toBe(0);
  const calls = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line.includes(folder))
    .filter((line) => !line.startsWith("openat") || line.includes("O_CREAT"));
  const written = calls.filter((line) => line.startsWith("openat") && !line.includes('/pid"')).length;
  return { calls, written };
}

/** Of a real server: a script, a unit, setup.sh and its variables. */
const filesPerHost = 4;

test("each file is written once, with a fixed number of calls; unchanged, nothing is", () => {
  const [small, large] = [temporaryFolder(), temporaryFolder()];
  const few = render(small, 5);
  const many = render(large, 15);
  expect(many.written - few.written).toBe(10 * filesPerHost);
  // Its open and a folder for each host: what is written to an open file is not counted by its path.
  expect(many.calls.length - few.calls.length).toBe(10 * (filesPerHost + 1));
  expect(render(large, 15).calls).toEqual([]);
});

test("one changed host: its files, its director's where they differ, and the manifest", () => {
  const folder = temporaryFolder();
  render(folder, 15);
  const { written } = render(folder, 15, 1);
  // lvs_rs.sh, which has the route, and manifest.json.
  expect(written).toBe(2);
});
