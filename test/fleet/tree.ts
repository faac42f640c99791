/** The system of every host of a fleet: Debian 12 with all that setup.sh or a role may want, as there is no network to get it from. */

import { makeTree } from "../../src/lab/reboot/make-tree.ts";
import type { TreeKind } from "../../src/lab/reboot/tree-kinds.ts";

/** The number goes up with the list: the tree in the cache is made once. */
const FLEET_TREE: TreeKind = {
  name: "debian-12-fleet-1",
  suite: "bookworm",
  packages: [
    // A host that one logs in to, and that Ansible can manage.
    ...["systemd", "systemd-sysv", "dbus", "openssh-server", "sudo", "python3", "python3-apt"],
    // What scripts need, and what checks look with.
    ...["iproute2", "kmod", "procps", "ipvsadm", "iputils-arping", "iputils-ping", "nftables", "iptables"],
    // Engines and web servers; all of them disabled until somebody enables them.
    ...["keepalived", "nginx-light", "apache2", "curl", "ca-certificates"],
  ],
};

/** The tree's folder; made where it is not there yet, which takes a minute and root. */
export function fleetTree(): Promise<string> {
  return makeTree(FLEET_TREE, new AbortController().signal);
}
