/** Units that run where a floating address is. */

import { phrase } from "../languages/say.ts";
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

/** systemd's other types of units: an init script has none, and a service is what runs and stops. */
export const otherUnitTypes = /\.(socket|timer|target|mount|automount|swap|path|slice|scope|device)$/;

/** What starts and stops units, and what a host is reached by: with the reason. */
export const runsOnEveryHost: ReadonlyMap<string, string> = new Map([
  ...["keepalived", "lvs_dr", "lvs_rs", "lvs_dr-reassert", "lvs_rs-reassert"].map(
    (name) => [name, phrase`it decides which host is master`] as const,
  ),
  ...["ssh", "sshd", "dropbear"].map((name) => [name, phrase`the host is reached by it`] as const),
  ...[
    ...["networking", "network", "NetworkManager", "systemd-networkd", "dhcpcd", "wpa_supplicant"],
    ...["firewalld", "nftables", "iptables", "ip6tables", "ufw"],
  ].map((name) => [name, phrase`the host's network needs it`] as const),
]);
