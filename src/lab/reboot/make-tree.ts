/** Makes a system's tree with debootstrap, once; it is kept in the user's cache folder. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { LabBroken } from "../backends/backend.ts";
import { runProgram } from "./run-program.ts";
import type { TreeKind } from "./tree-kinds.ts";

/** Raised when a tree is made in another way, so that older ones are not used. */
const REVISION = 4;

/** Where the tree of a kind is kept. */
export function cachedTree(kind: TreeKind): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(cache, "lvsgen", `${kind.name}-${REVISION}`);
}

/**
 * Mirror by mirror until one has the release: those that apt has here, then debootstrap's own.
 *
 * @returns the tree's folder
 * @throws LabBroken with what debootstrap said
 */
export async function makeTree(kind: TreeKind, signal: AbortSignal): Promise<string> {
  const tree = cachedTree(kind);
  if (existsSync(tree)) return tree;
  // In place only when complete: whoever is cut off leaves nothing that looks like a tree.
  const making = `${tree}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    await debootstrap(kind, making, signal);
    rmSync(join(making, "var/cache/apt"), { recursive: true, force: true });
    rmSync(join(making, "var/lib/apt/lists"), { recursive: true, force: true });
    if (!existsSync(tree)) renameSync(making, tree);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return tree;
}

async function debootstrap(kind: TreeKind, folder: string, signal: AbortSignal): Promise<void> {
  const options = ["--force-check-gpg", "--variant=minbase", `--include=${kind.packages.join(",")}`];
  // What it mounts in the tree goes with it, however it ends.
  const alone = ["--mount", "--propagation", "private", "--", "debootstrap"];
  let said = "";
  for (const mirror of [...aptMirrors(), null]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const place = mirror === null ? [] : [mirror];
    const result = await runProgram("unshare", [...alone, ...options, kind.suite, folder, ...place], signal);
    if (result.code === 0) return;
    said = result.output;
  }
  throw new LabBroken(`debootstrap could not make a tree of ${kind.suite}\n${said.trim().slice(-2000)}`);
}

/** The mirrors that apt is configured with here; empty where there is no apt. */
function aptMirrors(): string[] {
  try {
    const format = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"];
    const uris = execFileSync("apt-get", format, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return [...new Set(uris.split("\n").filter((uri) => uri !== ""))];
  } catch {
    return [];
  }
}
