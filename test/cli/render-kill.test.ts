/**
 * A render that is killed at any moment leaves the old output or the new one: tried at each call that changes files.
 * Between two renames the old one is beside its place, and the next render finds it.
 */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { recoverOutput } from "../../src/output/write-folder.ts";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { isRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

/** Calls that change names or files, all that a render makes. strace counts each kind for itself. */
const calls = ["mkdir", "link", "symlink", "openat", "rename", "renameat2", "unlink", "rmdir", "chmod"];

/** Runs a render under strace, which kills it at the given call; returns whether it was killed. */
function renderKilled(topology: string, out: string, call: string, at: number): boolean {
  const { signal, status } = spawnSync(
    "strace",
    [
      "--follow-forks",
      "--quiet=all",
      "--output=/dev/null",
      // Files that are opened count where they are opened in the work folder.
      ...(call === "openat" ? [`--trace-path=${join(dirname(out), `.${basename(out)}.lvsgen`)}/next`] : []),
      `--trace=${call}`,
      `--inject=${call}:signal=SIGKILL:when=${at}`,
      process.execPath,
      cli,
      "render",
      topology,
      "--out",
      out,
      "--no-lint",
    ],
    { stdio: "ignore" },
  );
  return signal === "SIGKILL" || status === 137;
}

/** Every call before a release. */
const step = isRelease ? 1 : 4;

test("a render killed at any call leaves the old or the new output", () => {
  const folder = temporaryFolder();
  const [oldTopology, newTopology] = [join(folder, "old.json"), join(folder, "new.json")];
  const text = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");
  writeFileSync(oldTopology, text);
  // Another VIP changes the files of every host.
  writeFileSync(newTopology, text.replaceAll("192.168.1.200", "192.168.1.201"));
  const [before, after] = [join(folder, "before"), join(folder, "after")];
  lvsgen(["render", oldTopology, "--out", before]);
  writeFileSync(join(before, "notes.txt"), "mine\n");
  cpSync(before, after, { recursive: true });
  lvsgen(["render", newTopology, "--out", after]);
  const expected = [readTree(before), readTree(after)].map((tree) => JSON.stringify(tree));
  expect(expected[0]).not.toBe(expected[1]);

  const out = join(folder, "out");
  const killed = { old: 0, new: 0, aside: 0 };
  for (const call of calls) {
    // Renames are few, and what is between two of them is what matters.
    for (let at = 1; at < 100; at += call === "rename" ? 1 : step) {
      rmSync(out, { recursive: true, force: true });
      cpSync(before, out, { recursive: true });
      if (!renderKilled(newTopology, out, call, at)) break;
      if (!existsSync(out)) {
        killed.aside += 1;
        recoverOutput(out);
      }
      const state = expected.indexOf(JSON.stringify(readTree(out)));
      expect(state, `killed at ${call} number ${at}`).toBeGreaterThanOrEqual(0);
      killed[state === 0 ? "old" : "new"] += 1;
      // Whatever it left beside the output, the next render completes and clears away.
      if (at > 1) continue;
      expect(lvsgen(["render", newTopology, "--out", out, "--no-lint"]).status).toBe(0);
      expect(JSON.stringify(readTree(out))).toBe(expected[1]);
      expect(readdirSync(folder).filter((name) => name.startsWith(".out"))).toEqual([]);
    }
  }
  console.info(
    `killed ${killed.old + killed.new} times: ${killed.old} old, ${killed.new} new, none mixed; ${killed.aside} between two renames`,
  );
  expect(killed.old).toBeGreaterThan(15 / step);
  expect(killed.new).toBeGreaterThan(0);
  // Node's rename is rename(2): one call stands between the two.
  const exchanges = spawnSync("mv", ["--help"], { encoding: "utf8" }).stdout.includes("--exchange");
  expect(killed.aside).toBe(exchanges ? 0 : 1);
}, 300_000);
