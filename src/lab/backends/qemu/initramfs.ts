/** The first file system of a kernel under QEMU: it mounts the machine's root, and goes on there. */

import { basename } from "node:path";
import { COMPLAINT } from "../supervise.ts";
import { busyboxEntries } from "./busybox.ts";
import { cpioArchive, folder, program } from "./cpio.ts";
import { moduleContent } from "./module-content.ts";

/** Modules that a kernel needs to reach the machine's root and the lab's events. */
export const BOOT_MODULES = ["virtio_pci", "virtio_console", "9pnet_virtio", "9p", "overlay"];

/** Names of the folders that QEMU shares. */
export const ROOT_TAG = "root";
export const DOOR_TAG = "door";

const MOUNT_9P = "trans=virtio,version=9p2000.L,cache=loose,msize=524288";

/** An overlay of the machine's root, which QEMU lets be read only, makes everything writable and nothing written. */
const OVERLAID_ROOT = `mount -t 9p -o ro,${MOUNT_9P} ${ROOT_TAG} /host || die "the kernel cannot mount the machine's root"
mount -t tmpfs -o mode=755,size=75% tmpfs /memory
mkdir /memory/upper /memory/work
mount -t overlay -o lowerdir=/host,upperdir=/memory/upper,workdir=/memory/work overlay /root ||
  die "the kernel cannot overlay the machine's root"`;

const WRITABLE_ROOT = `mount -t 9p -o rw,${MOUNT_9P} ${ROOT_TAG} /root || die "the kernel cannot mount its root"`;

/**
 * @param modules files in the order in which they are loaded
 * @param init script on the machine that takes over as PID 1
 */
export function initramfs(modules: readonly string[], init: string): Buffer {
  return archive(modules, OVERLAID_ROOT, init);
}

/** Boots what is shared as a system of its own, which writes there. @param modules as above */
export function systemInitramfs(modules: readonly string[]): Buffer {
  return archive(modules, WRITABLE_ROOT, "/sbin/init");
}

function archive(modules: readonly string[], root: string, init: string): Buffer {
  return cpioArchive([
    ...busyboxEntries(),
    ...["proc", "dev", "host", "memory", "root", "modules"].map(folder),
    ...modules.map((file) => program(`modules/${plainName(file)}`, moduleContent(file))),
    program("init", Buffer.from(firstScript(modules.map(plainName), root, init))),
  ]);
}

/** What the console shows when a kernel came up to try KVM. */
export const PROBE_ANSWER = "lvsgen lab: up";

/** Of a kernel that is only to come up. */
export function probeInitramfs(): Buffer {
  const script = `#!/bin/sh\nexport PATH=/bin\nmount -t devtmpfs dev /dev\necho "${PROBE_ANSWER}" >/dev/console\n`;
  return cpioArchive([...busyboxEntries(), folder("dev"), program("init", Buffer.from(script))]);
}

/** @param root commands that mount what comes next at /root */
function firstScript(modules: readonly string[], root: string, init: string): string {
  return `#!/bin/sh
export PATH=/bin
mount -t proc proc /proc
mount -t devtmpfs dev /dev
# The kernel restarts when its first process ends, and QEMU then ends.
die() { echo "${COMPLAINT} $*" >/dev/console; exit 1; }
for module in ${modules.join(" ")}; do
  insmod "/modules/$module" || die "the kernel does not take its module $module"
done
${root}
exec switch_root /root ${init}
`;
}

function plainName(file: string): string {
  return basename(file).replace(/\.(xz|zst|gz)$/, "");
}
