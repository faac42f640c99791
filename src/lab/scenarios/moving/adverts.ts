/** Hosts that do not hear each other's adverts any more, and do again. */

import type { Machine } from "../../guest/machine.ts";

/** VRRP is number 112 (IANA). */
const ADVERTS = ["-p", "112", "-j", "DROP"];

export function dropAdverts(machines: readonly Machine[], families: readonly (4 | 6)[]): Promise<void> {
  return filterAdverts(machines, families, ["-I", "INPUT", "1"]);
}

export function passAdverts(machines: readonly Machine[], families: readonly (4 | 6)[]): Promise<void> {
  return filterAdverts(machines, families, ["-D", "INPUT"]);
}

/** Of both families: instances move together, so that one which still hears the other holds all back. */
async function filterAdverts(
  machines: readonly Machine[],
  families: readonly (4 | 6)[],
  action: readonly string[],
): Promise<void> {
  const filters = ["iptables", ...(families.includes(6) ? ["ip6tables"] : [])];
  for (const machine of machines)
    for (const filter of filters) await machine.run([filter, ...action, ...ADVERTS]);
}
