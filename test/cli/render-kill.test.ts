/** A render that is killed at any moment leaves the old output or the new one: tried at each call that changes files. */

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

const calls =
  "mkdir,link,linkat,symlink,rename,renameat,renameat2,unlink,unlinkat,rmdir,chmod,fchmod,fchmodat";

/** Runs a render under strace, which kills it at the given call; returns whether it was killed. */
function renderKilled(topology: string, out: string, at: number): boolean {
  const { signal, status } = spawnSync(
    "strace",
    [
      "--follow-forks",
      "--quiet=all",
      "--output=/dev/null",
      `--trace=${calls}`,
      `--inject=${calls}:signal=SIGKILL:when=${at}`,
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

test("a render killed at any call leaves the old or the new output", () => {
  const folder = temporaryFolder();
  const [oldTopology, newTopology] = [join(folder, "old.json"), join(folder, "new.json")];
  const text = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");
  writeFileSync(oldTopology, text);
  // Another VIP changes every host's files.
  writeFileSync(newTopology, text.replaceAll("192.168.1.200", "192.168.1.201"));
  const [before, after] = [join(folder, "before"), join(folder, "after")];
  lvsgen(["render", oldTopology, "--out", before]);
  writeFileSync(join(before, "notes.txt"), "mine\n");
  cpSync(before, after, { recursive: true });
  lvsgen(["render", newTopology, "--out", after]);
  const expected = [readTree(before), readTree(after)].map((tree) => JSON.stringify(tree));
  expect(expected[0]).not.toBe(expected[1]);

  const seen = new Set<number>();
  let at = 1;
  for (; ; at += 1) {
    const out = join(folder, `out-${at}`);
    cpSync(before, out, { recursive: true });
    const killed = renderKilled(newTopology, out, at);
    const state = expected.indexOf(JSON.stringify(readTree(out)));
    expect(state, `killed at call ${at}`).toBeGreaterThanOrEqual(0);
    seen.add(state);
    // Whatever was left behind, the next render completes.
    expect(lvsgen(["render", newTopology, "--out", out, "--no-lint"]).status).toBe(0);
    expect(JSON.stringify(readTree(out))).toBe(expected[1]);
    if (!killed) break;
  }
  expect(seen).toEqual(new Set([0, 1]));
  expect(at).toBeGreaterThan(20);
}, 300_000);
