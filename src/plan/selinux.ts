/**
 * What SELinux keeps keepalived from on systems of Red Hat's family. Its domain, keepalived_t, may connect to the ports
 * of a few services; the rest is refused until the boolean keepalived_connect_any is on. A server whose checks are
 * refused counts as dead.
 */

import { say } from "../languages/say.ts";
import type { CheckType, Host, PortRange } from "../topology/model.ts";
import type { KeepalivedResource, KeepalivedService, Resource } from "./resources.ts";

/**
 * Fedora's selinux-policy: corenet_tcp_connect_*_port of policy/modules/contrib/keepalived.te, and what these ports are
 * in policy/modules/kernel/corenetwork.te.in.
 */
const allowed: Readonly<Record<string, readonly PortRange[]>> = {
  agentx: ports(705),
  connlcli: ports(1358),
  http: ports(80, 81, 443, 488, 8008, 8009, 8443, 9000),
  mysqld: [...ports(1186, 3306), { first: 63132, last: 63164 }],
  smtp: ports(25, 465, 587),
  snmp: ports(161, 162, 199, 1161),
  squid: ports(3128, 3401, 4827),
};

/** Whether a check of this type connects by TCP: the policy does not restrict ports of other protocols. */
const connects: Readonly<Record<CheckType, boolean>> = {
  http: true,
  https: true,
  tcp: true,
  smtp: true,
  dns: false,
  udp: false,
  ping: false,
  script: false,
};

/** Scripts in this folder run unconfined (keepalived.fc); others run in keepalived's own domain. */
const unconfined = "/usr/libexec/keepalived/";

/** The boolean that keepalived's checks need, if any. */
export function selinuxBooleans({ platform }: Host, { services }: KeepalivedResource): Resource[] {
  if (platform.family !== "centos") return [];
  const refused = services.flatMap((service) => refusedCheck(service));
  if (refused.length === 0) return [];
  return [
    {
      kind: "selinux-boolean",
      name: "keepalived_connect_any",
      reason: say`without it SELinux denies checks of keepalived: ${refused.join("; ")}`,
    },
  ];
}

/** In words; none for a service whose checks are allowed. */
function refusedCheck({ name, check, destinations }: KeepalivedService): string[] {
  if (check === null) return [];
  if (check.type === "script") {
    const { command } = check;
    return command === null || command.startsWith(unconfined) ? [] : [say`${name} by ${command}`];
  }
  if (!connects[check.type]) return [];
  const asked = new Set(destinations.map((to) => check.port ?? to.port));
  const refused = [...asked].filter((port) => !isAllowed(port)).sort((one, other) => one - other);
  if (refused.length === 0) return [];
  return [
    refused.length === 1
      ? say`${name} at port ${refused.join(", ")}`
      : say`${name} at ports ${refused.join(", ")}`,
  ];
}

function isAllowed(port: number): boolean {
  return Object.values(allowed)
    .flat()
    .some(({ first, last }) => first <= port && port <= last);
}

function ports(...numbers: number[]): PortRange[] {
  return numbers.map((port) => ({ first: port, last: port }));
}
