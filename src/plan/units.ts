/** Units that run where a floating address is. */

import type { Cluster, Host } from "../topology/model.ts";
import type { UnitResource } from "./resources.ts";

/**
 * Where the generated script is that keepalived runs at changes of state. On systems with SELinux, only what is in this
 * folder runs unconfined (Fedora's selinux-policy, keepalived.fc).
 */
export const unitsScriptPath = "/usr/libexec/keepalived/lvs_units.sh";

/** Each unit once, with all addresses that it runs with. */
export function unitResources({ floating }: Cluster, { name: host }: Host): UnitResource[] {
  const places = new Map<string, string[]>();
  for (const { members, ip, prefix, interfaces, runOnMaster } of floating) {
    if (!members.some((member) => member.host === host)) continue;
    for (const unit of runOnMaster)
      places.set(unit, [...(places.get(unit) ?? []), `${ip}/${prefix}%${interfaces.get(host) ?? ""}`]);
  }
  return [...places].map(([name, of]) => ({ kind: "unit", name, places: of }));
}
