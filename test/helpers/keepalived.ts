/** The real keepalived's own test of configurations, in a network namespace that has their interfaces. */

import { spawnSync } from "node:child_process";
import { basename, dirname, join } from "node:path";

/** Addresses by interface, as address/prefix. */
export type Interfaces = Readonly<Record<string, readonly string[]>>;

/** A folder that every system has: there a tree finds the files. */
const place = "/mnt";

/**
 * @param tree a whole system, whose keepalived is asked in place of this machine's; the files are then of one folder
 * @param programs absolute paths of scripts that the files name, each below a folder of its own: the test makes them
 * @returns what it says of each file, and its exit status; the files that it takes without a word are left out
 */
export function keepalivedFindings(
  files: readonly string[],
  interfaces: Interfaces,
  tree: string | null = null,
  programs: readonly string[] = [],
): string {
  const asked = tree === null ? files : files.map((file) => join(place, basename(file)));
  const enter =
    tree === null
      ? []
      : [
          `mount --bind '${dirname(files[0] ?? "")}' '${tree}${place}'`,
          `mount --rbind /proc '${tree}/proc'`,
          `mount --rbind /dev '${tree}/dev'`,
          `mount -t tmpfs none '${tree}/run'`,
        ];
  const links = Object.entries(interfaces).flatMap(([name, addresses], index) => [
    `ip link add ${name} type veth peer name peer${index}`,
    `ip link set peer${index} up`,
    `ip link set ${name} up`,
    ...addresses.map(
      (address) => `ip addr add ${address} dev ${name} ${address.includes(":") ? "nodad" : ""}`,
    ),
  ]);
  const root = tree ?? "";
  const stubs = [
    ...new Set(programs.map((program) => `${root}${program.split("/").slice(0, 3).join("/")}`)),
  ].map((folder) => `mount -t tmpfs -o mode=755 none '${folder}'`);
  const made = programs.flatMap((program) => [
    `mkdir -p '${root}${dirname(program)}'`,
    `printf '#!/bin/sh\n' >'${root}${program}'`,
    `chmod 755 '${root}${program}'`,
  ]);
  // Some builds end by SIGTERM although all is well.
  const script = [
    "set -u",
    "mount -t tmpfs none /run",
    ...enter,
    ...links,
    ...stubs,
    ...made,
    "for file; do",
    "  status=0",
    `  said=$(timeout 20 ${tree === null ? "" : `chroot '${tree}' `}keepalived -t -f "$file" 2>&1) || status=$?`,
    '  case $status:$said in 0: | 143:) ;; *) echo "$file: $status: $said" ;; esac',
    "done",
  ];
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--map-root-user", "--net", "--mount", "sh", "-c", script.join("\n"), "sh", ...asked],
    { encoding: "utf8" },
  );
  if (status !== 0 || stderr !== "") throw new Error(`keepalived was not asked: ${stderr}`);
  return stdout;
}
