/** What PID 1 of a lab's own kernel does once it has an overlay of the machine's root, in which it may write. */

import { quoteWord } from "../../base/quote-word.ts";

/** A lab cannot be built without these. */
export const NEEDED_MODULES = ["bridge", "veth", "dummy", "ipip", "ip_vs"];

/** Loaded before any namespace is made, where the kernel has them. The schedulers load by themselves when a service names them. */
const USEFUL_MODULES = ["ip_tables", "iptable_filter", "iptable_mangle", "iptable_nat"];

export const ENVIRONMENT = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export HOME=/root LC_ALL=C LVSGEN_LAB_OWN_KERNEL=1 NODE_OPTIONS=--max-old-space-size=128
`;

export const MOUNTS = `mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /dev/pts /dev/shm && mount -t devpts devpts /dev/pts
`;

/** Modules that are missing are the fault of whoever needs them. */
export const loadModules = (options = ""): string =>
  `modprobe ${options} -a ${NEEDED_MODULES.join(" ")}
for module in ${USEFUL_MODULES.join(" ")}; do modprobe ${options} -q "$module"; done
`;

/** Says that the kernel came, before what it runs does. */
export const saysBooted = (events: string): string => `echo '{"type":"booted"}' >${quoteWord(events)}\n`;
