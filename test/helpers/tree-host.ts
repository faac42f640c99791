/** A host that is a whole system's tree, entered by chroot: what is written stays above the tree, from call to call. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeTree } from "../../src/lab/reboot/make-tree.ts";
import { treeKind } from "../../src/lab/reboot/tree-kinds.ts";
import type { Host } from "../../src/topology/model.ts";

/** The tree of a host's system; it is made where there is none yet. */
export function treeOf(host: Host): Promise<string> {
  const kind = treeKind(host);
  if ("obstacle" in kind) throw new Error(kind.obstacle);
  return makeTree(kind, new AbortController().signal);
}

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TreeHost {
  /** Runs shell commands as root of the tree, with a network of its own. */
  readonly run: (commands: string) => Said;
}

interface Settings {
  readonly tree: string;
  /** What is written on the host. */
  readonly folder: string;
  /** Shown by HTTP at 127.0.0.1:8099. */
  readonly served: string;
  /** A folder that the host sees at /mnt. */
  readonly shown: string;
  /** Addresses on the host's eth0. */
  readonly addresses: readonly string[];
}

const ENTER = `set -eu
tree=$1 folder=$2 served=$3 shown=$4 commands=$5
shift 5
ip link set lo up
ip link add eth0 type veth peer name peer
ip link set peer up
ip link set eth0 up
for address; do ip addr add "$address" dev eth0; done
busybox httpd -p 127.0.0.1:8099 -h "$served"
mount -t overlay overlay -o "lowerdir=$tree,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
mount --rbind /dev "$folder/root/dev"
mount -t proc none "$folder/root/proc"
mount --rbind /sys "$folder/root/sys"
mount -t tmpfs none "$folder/root/run"
mount -t tmpfs none "$folder/root/tmp"
mount --rbind "$shown" "$folder/root/mnt"
exec chroot "$folder/root" /bin/sh -c "$commands"
`;

export function treeHost({ tree, folder, served, shown, addresses }: Settings): TreeHost {
  for (const name of ["upper", "work", "root"]) mkdirSync(join(folder, name), { recursive: true });
  return {
    run(commands) {
      const unshare = ["--net", "--mount", "--pid", "--fork", "--kill-child"];
      const script = ["sh", "-c", ENTER, "sh", tree, folder, served, shown, commands, ...addresses];
      const { status, stdout, stderr } = spawnSync("unshare", [...unshare, ...script], { encoding: "utf8" });
      return { status, stdout, stderr };
    },
  };
}
