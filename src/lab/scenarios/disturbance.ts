/** Settings a host may have had before: not the kernel's defaults, so that "put back" and "set to 0" differ. */

import type { Machine } from "../guest/machine.ts";

/** Values an administrator could have chosen, none of them what a script wants. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ["ipv4/conf/all/arp_announce", "1"],
  ["ipv4/conf/lo/arp_ignore", "2"],
  ["ipv4/conf/lo/arp_announce", "1"],
];

export async function disturbDefaults(machine: Machine): Promise<void> {
  const { agent } = machine.namespace;
  for (const [name, value] of SETTINGS) await agent.shell(`echo ${value} >/proc/sys/net/${name}`);
  if (machine.host.scripts.some((script) => script.role === "director")) {
    await machine.run(["ipvsadm", "--set", "1000", "100", "200"]);
  }
}
