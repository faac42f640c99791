/** PID 1 of a User-Mode Linux kernel. */

import { quoteWord } from "../../base/quote-word.ts";
import { ENVIRONMENT, loadModules, MOUNTS, saysBooted } from "./guest-init.ts";

export interface InitOptions {
  /** What to run in the kernel; the machine halts when it ends. */
  readonly command: readonly string[];
  /** Folder of kernel modules by version. */
  readonly modules: string;
  /** Serial line for a word when the kernel is there; left out where nobody waits for it. */
  readonly events?: string;
  /** Folder of the machine that both write to; left out where there is none. */
  readonly door?: string | null;
}

/**
 * An overlay of the machine's root makes everything writable and nothing written; what is under /tmp of the
 * machine (often the run's own folder) is seen through it.
 */
export function initScript({ command, modules, events, door = null }: InitOptions): string {
  return `#!/bin/sh
${ENVIRONMENT}mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/modules/lib/modules /run/upper /run/scratch /run/root
ln -s ${quoteWord(modules)}/"$(uname -r)" /run/modules/lib/modules/
modprobe -d /run/modules overlay
mount -t overlay -o lowerdir=/,upperdir=/run/upper,workdir=/run/scratch overlay /run/root || halt -f
mkdir -p /run/root/usr/lib/modules
ln -sfn ${quoteWord(modules)}/"$(uname -r)" /run/root/usr/lib/modules/
${loadModules("-d /run/modules")}cd /run/root
# The kernel's own modprobe (schedulers, tables) must see this root too, which chroot alone does not give.
mkdir -p mnt/machine
pivot_root . mnt/machine
${MOUNTS}stty -F /dev/ttyS0 raw -echo 2>/dev/null || :
umount -l mnt/machine/proc
${events === undefined ? "" : saysBooted(events)}${door === null ? "" : mountDoor(door)}chroot . ${command.map(quoteWord).join(" ")}
sync
halt -f
`;
}

/** An overlay does not show what its lower layer got since. */
function mountDoor(door: string): string {
  return `mount -t hostfs -o ${quoteWord(door)} none ${quoteWord(door)}\n`;
}
