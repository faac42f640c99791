/** A lab without root: what is different for whoever is root of a user namespace only. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { LabHost, LabSpec } from "../spec.ts";

/** All users of the machine, as user_namespaces(7) shows the first namespace's. */
const EVERYBODY = /^\s*0\s+0\s+4294967295\s*$/;

/** Whether this user namespace has one user of the machine's alone, or some. */
export function isUserNamespace(map = readFileSync("/proc/self/uid_map", "utf8")): boolean {
  return !EVERYBODY.test(map);
}

/** @throws Error that names the modules which only the machine's root can load */
export function requireModules({ modules, services, hosts }: LabSpec): void {
  loadSchedulers(services.map(({ scheduler }) => scheduler));
  const texts = hosts.flatMap(({ scripts }) => scripts.map(({ source }) => readFileSync(source, "utf8")));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/^ +"\$1"_module (\w+)/gm)].map(([, name = ""]) => name),
  );
  const missing = [...new Set([...modules, ...named])].filter((name) => !isThere(name));
  if (missing.length > 0)
    throw new Error(
      `kernel modules that only root can load are missing: sudo modprobe -a ${missing.join(" ")}, or run the lab as root`,
    );
}

/** Loaded, or built in: then modprobe has nothing to load. */
function isThere(module: string): boolean {
  if (existsSync(`/sys/module/${module}`)) return true;
  const { status, stdout } = spawnSync("modprobe", ["-n", "-v", module], { encoding: "utf8" });
  return status === 0 && stdout.trim() === "";
}

/** Runs a command as a user who is not root. */
export function withoutRoot(argv: readonly string[]): string[] {
  // One user of the machine's is mapped: in a namespace further in, that user is nobody (user_namespaces(7)).
  if (isUserNamespace()) return ["unshare", "--user", "--", ...argv];
  return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", ...argv];
}

/**
 * Folders that a host writes in. The machine's root owns those below an overlay, and its users do not exist here: an
 * overlay can neither write there nor copy them.
 */
export function ownFolders({ files, programs }: LabHost): string[] {
  const usual = ["/etc/init.d", "/usr/local/sbin", "/var/lib/lvsgen"];
  return [
    ...new Set([...usual, ...files.map((file) => dirname(file.destination)), ...programs.map(dirname)]),
  ];
}

/**
 * Has the kernel load schedulers, which it does for whoever names one (request_module in ip_vs_scheduler_get): modprobe
 * is for the machine's root.
 */
function loadSchedulers(names: Iterable<string>): void {
  for (const name of new Set(names)) {
    spawnSync("ipvsadm", ["-A", "-f", "1", "-s", name], { stdio: "ignore" });
    spawnSync("ipvsadm", ["-D", "-f", "1"], { stdio: "ignore" });
  }
}

const IPVS_SYSCTLS = "/proc/sys/net/ipv4/vs";

/** Settings that a host's scripts name, of those that the kernel withholds. */
export function placeholdersOf({ scripts }: LabHost, all: LabSpec["placeholders"]): LabSpec["placeholders"] {
  const text = scripts.map(({ source }) => readFileSync(source, "utf8")).join("\n");
  return all.filter(({ name }) => text.includes(`net.ipv4.vs.${name} `));
}

/** Shell text that puts files in the place of settings. @param folder has a file for each, by its name */
export function mountPlaceholders(placeholders: LabSpec["placeholders"], folder: string): string[] {
  if (placeholders.length === 0) return [];
  return [
    `[ -n "$(ls ${IPVS_SYSCTLS})" ] || mount -t tmpfs -o mode=755 tmpfs ${IPVS_SYSCTLS}`,
    ...placeholders.map(({ name }) => {
      const file = `${IPVS_SYSCTLS}/${name}`;
      return `[ -e ${file} ] || touch ${file}; mount --bind ${folder}/${name} ${file}`;
    }),
  ];
}
