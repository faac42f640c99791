/** Settings of IPVS on a director (net.ipv4.vs.*; Documentation/networking/ipvs-sysctl.rst), one row each. */

import { isOlder } from "../base/versions.ts";
import type { Cluster, Host, IpvsSysctls } from "../topology/model.ts";
import { isMasqueraded } from "../topology/servers.ts";
import type { SysctlResource } from "./resources.ts";

interface SysctlRow {
  readonly key: keyof IpvsSysctls;
  readonly name: string;
  /** Value if the topology has none; null keeps the kernel's. */
  readonly byDefault: (cluster: Cluster, host: Host) => boolean | number | null;
  readonly reason: string;
}

const kernels = (): null => null;

/** conn_reuse_mode 1 cost a second for each reused port with conntrack, until Linux 5.9 (commit f0a5e4d7a594). */
const reuseMendedIn = "5.9";

const rows: readonly SysctlRow[] = [
  {
    key: "expireNodestConn",
    name: "expire_nodest_conn",
    byDefault: () => true,
    reason: "connections of a removed server end at once: clients do not hang",
  },
  {
    key: "expireQuiescentTemplate",
    name: "expire_quiescent_template",
    byDefault: () => true,
    reason: "a drained server loses its persistent clients",
  },
  {
    key: "conntrack",
    name: "conntrack",
    byDefault: (cluster) => (cluster.services.some(isMasqueraded) ? true : null),
    reason: "netfilter tracks IPVS connections, as masquerading needs",
  },
  {
    key: "connReuseMode",
    name: "conn_reuse_mode",
    byDefault: (cluster, host) =>
      tracks(cluster, host) ? (isOlder(host.kernel, reuseMendedIn) ? 0 : 1) : null,
    reason: "with connection tracking, a reused client port does not wait a second",
  },
  {
    key: "snatReroute",
    name: "snat_reroute",
    byDefault: kernels,
    reason: "answers are routed again by their VIP",
  },
  {
    key: "natIcmpSend",
    name: "nat_icmp_send",
    byDefault: kernels,
    reason: "ICMP errors for lost NAT connections",
  },
  { key: "pmtuDisc", name: "pmtu_disc", byDefault: kernels, reason: "path MTU discovery for tunnels" },
  {
    key: "scheduleIcmp",
    name: "schedule_icmp",
    byDefault: kernels,
    reason: "ICMP errors reach the right server",
  },
  {
    key: "sloppyTcp",
    name: "sloppy_tcp",
    byDefault: kernels,
    reason: "connections are taken over in mid-stream",
  },
  {
    key: "sloppySctp",
    name: "sloppy_sctp",
    byDefault: kernels,
    reason: "associations are taken over in mid-stream",
  },
];

export function ipvsSysctls(cluster: Cluster, host: Host): SysctlResource[] {
  return rows.flatMap(({ key, name, byDefault, reason }): SysctlResource[] => {
    const value = host.sysctls[key] ?? byDefault(cluster, host);
    if (value === null) return [];
    return [{ kind: "sysctl", name: `net.ipv4.vs.${name}`, value: String(Number(value)), reason }];
  });
}

function tracks(cluster: Cluster, host: Host): boolean {
  return host.sysctls.conntrack ?? cluster.services.some(isMasqueraded);
}
