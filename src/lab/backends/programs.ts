/** Programs of this machine that the lab runs. */

import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { programOnPath } from "../../base/programs-on-path.ts";
import type { ClusterSpec } from "../spec.ts";

/** By program, the Debian package that has it. */
const ALWAYS: Readonly<Record<string, string>> = {
  ip: "iproute2",
  ipvsadm: "ipvsadm",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  modprobe: "kmod",
  tcpdump: "tcpdump",
};

/** Node has no SCTP of its own. */
const FOR_SCTP: Readonly<Record<string, string>> = { socat: "socat" };

const FOR_KEEPALIVED: Readonly<Record<string, string>> = { keepalived: "keepalived" };

/** What is missing for a cluster's lab and how to get it, or null. */
export function missingPrograms({
  services,
  engine,
  hosts,
}: Pick<ClusterSpec, "services" | "engine" | "hosts">): string | null {
  const usesSctp = services.some(({ protocol }) => protocol === "sctp");
  const shells = [...new Set(hosts.map(({ interpreter: [shell = "sh"] }) => shell))];
  const needed = Object.entries({
    ...ALWAYS,
    ...(usesSctp ? FOR_SCTP : {}),
    ...(engine === "keepalived" ? FOR_KEEPALIVED : {}),
    // Shells' packages are named as they are.
    ...Object.fromEntries(shells.map((shell) => [shell, shell])),
  });
  const missing = needed.filter(([program]) => !findProgram(program));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, name]) => name))];
    return `the lab needs ${missing.map(([program]) => program).join(", ")}: apt install ${packages.join(" ")}`;
  }
  if (shells.includes("busybox") && prefersApplets())
    return "the lab's faults are programs on PATH, and this busybox takes its own instead: apt install busybox in place of busybox-static";
  return null;
}

/** Whether busybox's shell runs its built-in programs whatever PATH says, as that of Debian's busybox-static does. */
function prefersApplets(): boolean {
  const busybox = findProgram("busybox") ?? "busybox";
  const { status } = spawnSync(busybox, ["ash", "-c", "true; cat </dev/null"], {
    env: { PATH: "/nonexistent" },
    stdio: "ignore",
    timeout: 10_000,
  });
  return status === 0;
}

export function findProgram(name: string): string | null {
  // Administrators' programs are not on every user's PATH.
  const path = [process.env.PATH ?? "", "/usr/sbin", "/sbin", "/usr/bin"].join(delimiter);
  return programOnPath(name, path);
}
