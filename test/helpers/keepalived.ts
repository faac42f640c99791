/** The real keepalived's own test of configurations, in a network namespace that has their interfaces. */

import { spawnSync } from "node:child_process";

/** Addresses by interface, as address/prefix. */
export type Interfaces = Readonly<Record<string, readonly string[]>>;

/** @returns what it says of each file, and its exit status; the files that it takes without a word are left out */
export function keepalivedFindings(files: readonly string[], interfaces: Interfaces): string {
  const links = Object.entries(interfaces).flatMap(([name, addresses], index) => [
    `ip link add ${name} type veth peer name peer${index}`,
    `ip link set peer${index} up`,
    `ip link set ${name} up`,
    ...addresses.map(
      (address) => `ip addr add ${address} dev ${name} ${address.includes(":") ? "nodad" : ""}`,
    ),
  ]);
  // Some builds end by SIGTERM although all is well.
  const script = [
    "set -u",
    "mount -t tmpfs none /run",
    ...links,
    "for file; do",
    "  status=0",
    '  said=$(timeout 20 keepalived -t -f "$file" 2>&1) || status=$?',
    '  case $status:$said in 0: | 143:) ;; *) echo "$file: $status: $said" ;; esac',
    "done",
  ];
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--map-root-user", "--net", "--mount", "sh", "-c", script.join("\n"), "sh", ...files],
    { encoding: "utf8" },
  );
  if (status !== 0 || stderr !== "") throw new Error(`keepalived was not asked: ${stderr}`);
  return stdout;
}
