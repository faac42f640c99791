/** Programs of this machine that the lab runs. */

import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { basename, delimiter } from "node:path";
import { programOnPath } from "../../base/programs-on-path.ts";
import { installCommand } from "../distributions.ts";
import type { ClusterSpec } from "../spec.ts";

const ALWAYS = ["ip", "unshare", "nsenter", "setpriv", "modprobe", "tcpdump"];

const FOR_SERVICES = ["ipvsadm"];

/** Node has no SCTP of its own. */
const FOR_SCTP = ["socat"];

const FOR_KEEPALIVED = ["keepalived"];

/** Of the lab's routers, and of directors that announce. */
const FOR_BGP = ["bird", "birdc"];

/** What any lab, or some, run. */
export const LAB_PROGRAMS: readonly string[] = [
  ...ALWAYS,
  ...FOR_SERVICES,
  ...FOR_SCTP,
  ...FOR_KEEPALIVED,
  ...FOR_BGP,
];

/** What is missing for a cluster's lab and how to get it, or null. */
export function missingPrograms({ services, hosts }: Pick<ClusterSpec, "services" | "hosts">): string | null {
  const startsKeepalived = hosts.some(({ scripts }) => scripts.some((script) => script.startsKeepalived));
  const usesSctp = services.some(({ protocol }) => protocol === "sctp");
  const speaksBgp = hosts.some(({ router }) => (router?.bird ?? "") !== "");
  const shells = [...new Set(hosts.map(({ interpreter: [shell = "sh"] }) => shell))];
  const needed = [
    ...ALWAYS,
    ...(usesSctp ? FOR_SCTP : []),
    ...(services.length > 0 ? FOR_SERVICES : []),
    ...(startsKeepalived ? FOR_KEEPALIVED : []),
    ...(speaksBgp ? FOR_BGP : []),
    ...shells,
  ];
  const missing = needed.filter(isMissing);
  if (missing.length > 0) return `the lab needs ${missing.join(", ")}: ${installCommand(missing)}`;
  if (shells.includes("busybox") && prefersApplets())
    return `the lab's faults are programs on PATH, and this busybox takes its own instead: ${installCommand(["busybox"])} (on Debian in place of busybox-static)`;
  return null;
}

/** busybox's own ip, unshare and modprobe, as on Alpine, lack options that the lab uses. */
export function isMissing(program: string): boolean {
  const path = findProgram(program);
  if (path === null) return true;
  return ALWAYS.includes(program) && basename(realpathSync(path)).startsWith("busybox");
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
