/** Programs of this machine that the lab runs. */

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
}: Pick<ClusterSpec, "services" | "engine">): string | null {
  const usesSctp = services.some(({ protocol }) => protocol === "sctp");
  const needed = Object.entries({
    ...ALWAYS,
    ...(usesSctp ? FOR_SCTP : {}),
    ...(engine === "keepalived" ? FOR_KEEPALIVED : {}),
  });
  const missing = needed.filter(([program]) => !findProgram(program));
  if (missing.length === 0) return null;
  const packages = [...new Set(missing.map(([, name]) => name))];
  return `the lab needs ${missing.map(([program]) => program).join(", ")}: apt install ${packages.join(" ")}`;
}

export function findProgram(name: string): string | null {
  // Administrators' programs are not on every user's PATH.
  const path = [process.env.PATH ?? "", "/usr/sbin", "/sbin", "/usr/bin"].join(delimiter);
  return programOnPath(name, path);
}
