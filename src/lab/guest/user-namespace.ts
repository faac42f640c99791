/** A lab without root: what is different for whoever is root of a user namespace only. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { missingModules } from "../backends/rootless/modules.ts";
import type { LabHost, LabSpec } from "../spec.ts";

const MAP = "/proc/self/uid_map";

/** All users of the machine, as user_namespaces(7) shows the first namespace's. */
const EVERYBODY = /^\s*0\s+0\s+4294967295\s*$/;

/** Whether this is a user namespace that has one user of the machine's, or some. */
export function isUserNamespace(): boolean {
  // Kernels without user namespaces have no such file.
  return existsSync(MAP) && !EVERYBODY.test(readFileSync(MAP, "utf8"));
}

/** @throws Error that names the modules which only the machine's root can load */
export function requireModules(spec: LabSpec): void {
  loadSchedulers(spec.services.map(({ scheduler }) => scheduler));
  const missing = missingModules(spec, spec.modules);
  if (missing !== null) throw new Error(missing);
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
