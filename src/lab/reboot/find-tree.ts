/** Which tree a host is booted from: one that the user gave, one made before, or one that can be made now. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagingOf } from "../../platforms/platforms.ts";
import type { Host } from "../../topology/model.ts";
import { findProgram } from "../backends/programs.ts";
import { initOf } from "./init-systems.ts";
import { cachedTree } from "./make-tree.ts";
import { type TreeKind, treeKind } from "./tree-kinds.ts";

export type TreeSource =
  | { readonly folder: string }
  | { readonly kind: TreeKind }
  /** Why there is none, with what to do. */
  | { readonly obstacle: string };

/**
 * @param given the user's trees; the first that fits is taken
 * @param more packages that its tree needs beside the usual ones
 */
export function findTree(host: Host, given: readonly string[], more: readonly string[] = []): TreeSource {
  const folder = given.find((tree) => fits(host, tree));
  if (folder !== undefined) return { folder };
  const kind = treeKind(host, more);
  if ("obstacle" in kind)
    return {
      obstacle: `${kind.obstacle}: give a ready one with --tree, or choose hosts with --host${unfit(given)}`,
    };
  if (existsSync(cachedTree(kind))) return { folder: cachedTree(kind) };
  const obstacle = cannotMake();
  return obstacle === null ? { kind } : { obstacle: `a tree of ${host.platform.title} ${obstacle}` };
}

/** What the trees are that did not fit. */
function unfit(given: readonly string[]): string {
  const systems = given.map((tree) => {
    const { id, number } = osRelease(tree);
    return id === "" ? `${tree} has no os-release` : `${tree} is ${id} ${number} with ${initOf(tree).title}`;
  });
  return systems.length === 0 ? "" : ` (${systems.join(", ")})`;
}

function cannotMake(): string | null {
  if (findProgram("debootstrap") === null) return "needs debootstrap: apt install debootstrap, or --tree";
  if (process.getuid?.() !== 0) return "is made by root: run the lab as root once, or --tree";
  return null;
}

/** The same release; the same init where the release has a choice, as CentOS runs its init scripts by systemd. */
function fits({ platform, init }: Host, tree: string): boolean {
  const { distribution, release } = packagingOf(platform);
  const { id, number } = osRelease(tree);
  if (!distribution.osReleaseIds.includes(id)) return false;
  if (number !== release && !number.startsWith(`${release}.`)) return false;
  return platform.family === "centos" || (initOf(tree).title === "systemd") === (init === "systemd");
}

/** ID and VERSION_ID; empty for a folder without os-release. */
export function osRelease(tree: string): { readonly id: string; readonly number: string } {
  const file = ["etc/os-release", "usr/lib/os-release"]
    .map((name) => join(tree, name))
    .find((name) => existsSync(name));
  const text = file === undefined ? "" : readFileSync(file, "utf8");
  const value = (key: string): string => new RegExp(`^${key}="?([^"\\n]*)`, "m").exec(text)?.[1] ?? "";
  return { id: value("ID"), number: value("VERSION_ID") };
}
