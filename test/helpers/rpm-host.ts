/**
 * A host of Red Hat's family that is this machine's own programs, with its dnf and rpm: /usr below an overlay, and all
 * else its own, /usr/local too. What is written stays from call to call.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Said, TreeHost } from "./tree-host.ts";

/** What Debian has and the family has not, or what its packages are to bring. */
const HIDDEN = [
  "sbin/update-rc.d",
  "bin/awk",
  ...["ipvsadm", "ipvsadm-save", "ipvsadm-restore", "keepalived", "nginx", "httpd"].map(
    (name) => `sbin/${name}`,
  ),
  ...["keepalived", "ipvsadm", "nginx", "httpd"].map((name) => `lib/systemd/system/${name}.service`),
  "share/nginx",
];

const FOLDERS = [
  ...["usr", "proc", "dev", "sys", "run", "tmp", "mnt", "root", "var/lib/rpm", "var/log", "var/tmp"],
  ...["aliases.d", "modules.d"].map((name) => `etc/dnf/${name}`),
  ...["systemd/system", "init.d", ...[0, 1, 2, 3, 4, 5, 6].map((level) => `rc${level}.d`)].map(
    (name) => `etc/${name}`,
  ),
];

const FILES: Readonly<Record<string, string>> = {
  // Debian's rpm has its database in the home folder.
  "/etc/rpm/macros": "%_dbpath /var/lib/rpm\n",
  "/etc/dnf/dnf.conf": "[main]\ngpgcheck=1\n",
  "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
  "/etc/group": "root:x:0:\n",
};

export interface RpmTree {
  /** Layers below what a host writes, the uppermost first. */
  readonly root: string;
  readonly usr: string;
}

interface TreeSettings {
  readonly folder: string;
  /** Fake programs of the family, by path below /usr. */
  readonly programs: Readonly<Record<string, string>>;
  /** Commands that finish it; they see the folder at /mnt. */
  readonly finish: string;
}

/** What all hosts have in common. */
export function makeRpmTree({ folder, programs, finish }: TreeSettings): RpmTree {
  const tree = { root: join(folder, "root"), usr: join(folder, "usr") };
  for (const path of FOLDERS) mkdirSync(join(tree.root, path), { recursive: true });
  mkdirSync(tree.usr);
  for (const path of ["bin", "sbin", "lib", "lib64"]) symlinkSync(`usr/${path}`, join(tree.root, path));
  symlinkSync("/run", join(tree.root, "var/run"));
  for (const [path, text] of Object.entries(FILES)) write(join(tree.root, path), text);
  for (const [path, text] of Object.entries(programs)) write(join(tree.usr, path), text, 0o755);
  const layers = { root: tree.root, usr: tree.usr, lowerRoot: [], lowerUsr: ["/usr"] };
  const hide = `cd /usr && rm -rf ${HIDDEN.join(" ")} && ln -s dnf bin/yum`;
  const commands = `set -e; ${hide}; rpm --initdb; ${finish}`;
  const { status, stderr } = enter(folder, layers, "/nonexistent", folder, [], commands);
  if (status !== 0) throw new Error(`the host was not made: ${stderr}`);
  return tree;
}

function write(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}

interface HostSettings {
  readonly tree: RpmTree;
  /** What is written on the host. */
  readonly folder: string;
  /** Shown by HTTP at 127.0.0.1:8099. */
  readonly served: string;
  /** A folder that the host sees at /mnt. */
  readonly shown: string;
  /** Addresses on the host's eth0. */
  readonly addresses: readonly string[];
}

export function rpmHost({ tree, folder, served, shown, addresses }: HostSettings): TreeHost {
  const layers = {
    root: join(folder, "root-upper"),
    usr: join(folder, "usr-upper"),
    lowerRoot: [tree.root],
    lowerUsr: [tree.usr, "/usr"],
  };
  for (const path of [layers.root, layers.usr]) mkdirSync(path, { recursive: true });
  return { run: (commands) => enter(folder, layers, served, shown, addresses, commands) };
}

interface Layers {
  readonly root: string;
  readonly usr: string;
  /** None: the root is the folder itself. */
  readonly lowerRoot: readonly string[];
  readonly lowerUsr: readonly string[];
}

const ENTER = `set -eu
place=$1 root=$2 lower_root=$3 usr=$4 lower_usr=$5 served=$6 shown=$7 commands=$8
shift 8
ip link set lo up
ip link add eth0 type veth peer name peer
ip link set peer up
ip link set eth0 up
for address; do ip addr add "$address" dev eth0; done
if [ -d "$served" ]; then busybox httpd -p 127.0.0.1:8099 -h "$served"; fi
mkdir -p "$place/merged" "$place/root-work" "$place/usr-work"
if [ -n "$lower_root" ]; then
  mount -t overlay overlay -o "lowerdir=$lower_root,upperdir=$root,workdir=$place/root-work" "$place/merged"
else
  mount --bind "$root" "$place/merged"
fi
cd "$place/merged"
mount -t overlay overlay -o "lowerdir=$lower_usr,upperdir=$usr,workdir=$place/usr-work" usr
mkdir -p "$place/local/bin" "$place/local/sbin"
mount --bind "$place/local" usr/local
mount --rbind /dev dev
mount -t proc none proc
mount --rbind /sys sys
mount -t tmpfs none sys/fs
mount -t tmpfs none run
mount -t tmpfs none tmp
mount --rbind "$shown" mnt
exec chroot . /bin/sh -c "$commands"
`;

function enter(
  folder: string,
  { root, usr, lowerRoot, lowerUsr }: Layers,
  served: string,
  shown: string,
  addresses: readonly string[],
  commands: string,
): Said {
  const unshare = ["--net", "--mount", "--pid", "--fork", "--kill-child"];
  const args = [folder, root, lowerRoot.join(":"), usr, lowerUsr.join(":"), served, shown, commands];
  const script = ["sh", "-c", ENTER, "sh", ...args, ...addresses];
  const { status, stdout, stderr } = spawnSync("unshare", [...unshare, ...script], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}
