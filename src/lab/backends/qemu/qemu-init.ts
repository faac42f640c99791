/** PID 1 of a kernel under QEMU, once the machine's root is mounted (initramfs.ts). */

import { quoteWord } from "../../../base/quote-word.ts";
import { ENVIRONMENT, loadModules, MOUNTS, saysBooted } from "../guest-init.ts";
import { DOOR_TAG } from "./initramfs.ts";

export interface QemuInitOptions {
  /** What to run in the kernel; the machine ends with it. */
  readonly command: readonly string[];
  /** The modules' folder, as on the machine. */
  readonly modules: string;
  /** Folder over which the door is mounted, or null. */
  readonly door: string | null;
}

/** The machine's only port for events. */
export const EVENTS = "/dev/vport";

export function qemuInit({ command, modules, door }: QemuInitOptions): string {
  return `#!/bin/sh
${ENVIRONMENT}${MOUNTS}own=/lib/modules/$(uname -r)
mkdir -p "$own"
[ "$own" -ef ${quoteWord(modules)} ] || mount --bind ${quoteWord(modules)} "$own"
${loadModules()}for events in /dev/vport*; do ln -s "$events" ${EVENTS}; done
${saysBooted(EVENTS)}${door === null ? "" : mountDoor(door)}${command.map(quoteWord).join(" ")}
# No program of a distribution is needed to end: QEMU ends when the kernel restarts.
echo b >/proc/sysrq-trigger
`;
}

/** What the machine writes there is seen at once. */
function mountDoor(door: string): string {
  return `mount -t 9p -o trans=virtio,version=9p2000.L,cache=none,msize=524288 ${DOOR_TAG} ${quoteWord(door)}\n`;
}
