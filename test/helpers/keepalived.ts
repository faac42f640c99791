/** The real keepalived's own test of configurations, in a network namespace that has their interfaces. */

import { spawnSync } from "node:child_process";
import { basename, dirname, join } from "node:path";

/** Addresses by interface, as address/prefix. */
export type Interfaces = Readonly<Record<string, readonly string[]>>;

/** A folder that every system has: there a tree finds the files. */
const place = "/mnt";

interface Setting {
  readonly files: readonly string[];
  readonly interfaces: Interfaces;
  /** A whole system, whose keepalived is asked in place of this machine's; the files are then of one folder. */
  readonly tree: string | null;
  /** Absolute paths of scripts that the files name, each below a folder of its own: the test makes them. */
  readonly programs: readonly string[];
}

/** The lines that make namespaces into a host. Scripts fail while there is a /run/failing. */
function settingLines({ files, interfaces, tree, programs }: Setting): string[] {
  const root = tree ?? "";
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
  const folders = new Set(programs.map((program) => `${root}${program.split("/").slice(0, 3).join("/")}`));
  return [
    "set -u",
    "mount -t tmpfs none /run",
    ...enter,
    ...links,
    ...[...folders].map((folder) => `mount -t tmpfs -o mode=755 none '${folder}'`),
    ...programs.flatMap((program) => [
      `mkdir -p '${root}${dirname(program)}'`,
      `printf '#!/bin/sh\n[ ! -e /run/failing ]\n' >'${root}${program}'`,
      `chmod 755 '${root}${program}'`,
    ]),
  ];
}

/** @param namespaces options of unshare */
function runSetting(namespaces: readonly string[], setting: Setting, lines: readonly string[]): string {
  const { files, tree } = setting;
  const asked = tree === null ? files : files.map((file) => join(place, basename(file)));
  const script = [...settingLines(setting), ...lines].join("\n");
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    [...namespaces, "sh", "-c", script, "sh", ...asked],
    { encoding: "utf8" },
  );
  if (status !== 0 || stderr !== "") throw new Error(`keepalived was not asked: ${stderr}`);
  return stdout;
}

const enterTree = (tree: string | null): string => (tree === null ? "" : `chroot '${tree}' `);

/** @returns what keepalived says of each file, and its exit status; the files that it takes without a word are left out */
export function keepalivedFindings(
  files: readonly string[],
  interfaces: Interfaces,
  tree: string | null = null,
  programs: readonly string[] = [],
): string {
  // Some builds end by SIGTERM although all is well.
  return runSetting(["--map-root-user", "--net", "--mount"], { files, interfaces, tree, programs }, [
    "for file; do",
    "  status=0",
    `  said=$(timeout 20 ${enterTree(tree)}keepalived -t -f "$file" 2>&1) || status=$?`,
    '  case $status:$said in 0: | 143:) ;; *) echo "$file: $status: $said" ;; esac',
    "done",
  ]);
}

/**
 * Runs VRRP of a host that is alone: with the first file, then with the second, then with the first, while the scripts
 * that it names fail. Needs root.
 *
 * @returns whether it has all of these addresses, or none, after each step; `some` where it is neither after 30 s
 */
export function keepalivedHolds(
  files: readonly [string, string],
  addresses: readonly string[],
  setting: Omit<Setting, "files">,
): string[] {
  const root = setting.tree ?? "";
  const count = addresses.map((address) => `-e ' ${address}/'`).join(" ");
  // It runs no script where it cannot set groups, as in an ordinary user's namespace.
  return runSetting(["--net", "--mount"], { ...setting, files }, [
    // has COUNT WORD: waits for so many of the addresses
    "has() {",
    "  tries=300",
    `  until [ "$(ip -o addr | grep -c ${count})" -eq "$1" ]; do`,
    "    tries=$((tries - 1))",
    '    [ "$tries" -gt 0 ] || { echo some; return; }',
    "    sleep 0.1",
    "  done",
    '  echo "$2"',
    "}",
    `use() { cat '${root}'"$1" >'${root}/run/keepalived.conf'; }`,
    'use "$1"',
    `${enterTree(setting.tree)}keepalived -n -P -f /run/keepalived.conf -p /run/keepalived.pid -r /run/vrrp.pid >/dev/null 2>&1 &`,
    `has ${addresses.length} all`,
    'use "$2"; kill -HUP $!; has 0 none',
    `use "$1"; kill -HUP $!; has ${addresses.length} all`,
    `: >'${root}/run/failing'; has 0 none`,
    "kill $!; wait",
  ])
    .trim()
    .split("\n");
}
