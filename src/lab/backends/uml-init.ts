/** PID 1 of a User-Mode Linux kernel. */

import { quoteWord } from "../../base/quote-word.ts";

export interface InitOptions {
  /** What to run in the kernel; the machine halts when it ends. */
  readonly command: readonly string[];
  /** Folder of kernel modules by version. */
  readonly modules: string;
}

/** Loaded before any namespace is made. The schedulers load by themselves when a service names them. */
const KERNEL_MODULES = [
  "bridge",
  "veth",
  "dummy",
  "ipip",
  "ip_tables",
  "iptable_filter",
  "iptable_mangle",
  "iptable_nat",
  "ip_vs",
];

/**
 * An overlay of the machine's root makes everything writable and nothing written; what is under /tmp of the
 * machine (often the run's own folder) is seen through it.
 */
export function initScript({ command, modules }: InitOptions): string {
  return `#!/bin/sh
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LC_ALL=C LVSGEN_LAB_OWN_KERNEL=1 NODE_OPTIONS=--max-old-space-size=128
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/modules/lib/modules /run/upper /run/scratch /run/root
ln -s ${quoteWord(modules)}/"$(uname -r)" /run/modules/lib/modules/
modprobe -d /run/modules overlay
mount -t overlay -o lowerdir=/,upperdir=/run/upper,workdir=/run/scratch overlay /run/root || halt -f
mkdir -p /run/root/usr/lib/modules
ln -sfn ${quoteWord(modules)}/"$(uname -r)" /run/root/usr/lib/modules/
modprobe -d /run/modules -a ${KERNEL_MODULES.join(" ")}
cd /run/root
# The kernel's own modprobe (schedulers, tables) must see this root too, which chroot alone does not give.
mkdir -p mnt/machine
pivot_root . mnt/machine
mount -t devtmpfs dev dev
mount -t proc proc proc
mount -t sysfs sys sys
mount -t tmpfs -o mode=755 tmpfs run
mkdir -p dev/pts dev/shm && mount -t devpts devpts dev/pts
stty -F /dev/ttyS0 raw -echo 2>/dev/null || :
umount -l mnt/machine/proc
chroot . ${command.map(quoteWord).join(" ")}
sync
halt -f
`;
}
