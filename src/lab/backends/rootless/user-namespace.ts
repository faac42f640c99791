/** What an ordinary user's namespaces can do on this machine, found by making some. */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../programs.ts";

/** unshare(1): an ordinary user is root in a user namespace, which owns the other namespaces. */
export const AS_ROOT_OF_ITS_OWN = ["--user", "--map-root-user"];

export interface UserNamespace {
  /** IPVS takes ipvsadm's netlink messages. */
  readonly hasNetlink: boolean;
  /** Settings in net.ipv4.vs that may be written. */
  readonly sysctls: ReadonlySet<string>;
}

const IPVS_SYSCTLS = "/proc/sys/net/ipv4/vs";

/** Each step is one that the lab takes; the first that fails is the last line. */
const PROBE = `
step() { echo "step $1"; }
step mounts; mount -t tmpfs tmpfs /run && mount -t sysfs sysfs /sys || exit 1
step overlays; mkdir /run/upper /run/scratch && mount -t overlay -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/scratch overlay /etc || exit 1
step bridges; ip link add name sw0 type bridge || exit 1
step wires; ip link add name p0 type veth peer name p1 || exit 1
ipvsadm -Ln >/dev/null 2>&1 && echo netlink
for file in ${IPVS_SYSCTLS}/*; do [ ! -w "$file" ] || echo "sysctl \${file##*/}"; done
step ready
`;

/** Kernel settings that keep ordinary users from namespaces, and what allows them. */
const BARRIERS: readonly { file: string; closed: string; open: string }[] = [
  { file: "kernel/apparmor_restrict_unprivileged_userns", closed: "1", open: "0" },
  { file: "kernel/unprivileged_userns_clone", closed: "0", open: "1" },
  { file: "user/max_user_namespaces", closed: "0", open: "15000" },
  { file: "user/max_net_namespaces", closed: "0", open: "15000" },
];

export interface Probe {
  /** Where it ended: "ready" where all is well; undefined before there was a namespace. */
  readonly step: string | undefined;
  /** The error's first line. */
  readonly said: string;
  readonly lines: readonly string[];
}

/** Takes the lab's steps in namespaces of its own. @param isolation more options of unshare(1) */
export function probeNamespaces(isolation: readonly string[]): Probe {
  const args = [...isolation, "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const { stdout, stderr, error } = spawnSync(
    findProgram("unshare") ?? "unshare",
    [...args, "--", "sh", "-c", PROBE],
    {
      encoding: "utf8",
      timeout: 10_000,
      env: { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: "C" },
    },
  );
  const lines = (stdout ?? "").split("\n").filter((line) => line !== "");
  const [said = ""] = (error?.message ?? stderr.trim()).split("\n");
  return { step: after("step ", lines).at(-1), said, lines };
}

function after(prefix: string, lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}

/** @returns what they can do; or why they cannot be used, with the remedy, in one line */
export function tryUserNamespace(): UserNamespace | string {
  const { step, said, lines } = probeNamespaces(AS_ROOT_OF_ITS_OWN);
  if (step !== "ready") return reasonOf(step, said);
  return { hasNetlink: lines.includes("netlink"), sysctls: new Set(after("sysctl ", lines)) };
}

/** @param step where it ended; undefined before there was a namespace */
export function reasonOf(step: string | undefined, said: string, read = readSetting): string {
  const barrier = BARRIERS.find(({ file, closed }) => read(file) === closed);
  if (barrier !== undefined) {
    const name = barrier.file.replace("/", ".");
    return `${name} keeps ordinary users from namespaces: sudo sysctl -w ${name}=${barrier.open}, or run the lab as root`;
  }
  const what = step === undefined ? "user namespaces" : `${step} in user namespaces`;
  return `ordinary users have no ${what} here (${said}): run the lab as root`;
}

function readSetting(file: string): string | null {
  try {
    return readFileSync(join("/proc/sys", file), "utf8").trim();
  } catch {
    return null;
  }
}

/** IPVS's settings that the machine has, with their values. */
export function machineSysctls(): Map<string, string> {
  try {
    return new Map(
      readdirSync(IPVS_SYSCTLS).map((name) => [name, readFileSync(join(IPVS_SYSCTLS, name), "utf8").trim()]),
    );
  } catch {
    return new Map();
  }
}
