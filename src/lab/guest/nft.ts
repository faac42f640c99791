/** nft, beside iptables: on kernels that take its tables, scripts that know it use it. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { LabHost } from "../spec.ts";

/** All tables, without counters. */
export const LIST_NFT = "nft -s list ruleset";

const known = new WeakMap<LabHost, boolean>();

/** Whether a host's scripts may make tables of nft here: they name it, and the kernel takes tables. */
export function usesNft(host: LabHost): boolean {
  const uses = known.get(host) ?? (host.scripts.some(({ source }) => namesNft(source)) && nftWorks());
  known.set(host, uses);
  return uses;
}

function namesNft(source: string): boolean {
  return /\bnft\b/.test(readFileSync(source, "utf8"));
}

let works: boolean | null = null;

/** User-Mode Linux's kernel has nft, and refuses its tables. */
function nftWorks(): boolean {
  works ??= spawnSync("nft", ["-c", "add table inet lvsgen_lab"], { stdio: "ignore" }).status === 0;
  return works;
}
