/** Settings of IPVS on a director (net.ipv4.vs.*; Documentation/networking/ipvs-sysctl.rst), one row each. */

import { isOlder } from "../base/versions.ts";
import { inLanguage, phrase } from "../languages/say.ts";
import type { Cluster, Host, IpvsSysctls } from "../topology/model.ts";
import { isMasqueraded, isRewrittenFtp } from "../topology/servers.ts";
import type { SysctlResource } from "./resources.ts";

interface SysctlRow {
  readonly key: keyof IpvsSysctls;
  readonly name: string;
  /** Value if the topology has none; null keeps the kernel's. */
  readonly byDefault: (cluster: Cluster, host: Host) => boolean | number | null;
  /** A phrase. */
  readonly reason: string;
}

const kernels = (): null => null;

/** Of several active directors, each gets connections in mid-stream, and ICMP errors of the others' connections. */
const ifAnnounced = ({ directors }: Cluster): true | null => (directors.announce === null ? null : true);

/** conn_reuse_mode 1 cost a second for each reused port with conntrack, until Linux 5.9 (commit f0a5e4d7a594). */
const reuseMendedIn = "5.9";

const rows: readonly SysctlRow[] = [
  {
    key: "expireNodestConn",
    name: "expire_nodest_conn",
    byDefault: () => true,
    reason: phrase`connections of a removed server end at once: clients do not hang`,
  },
  {
    key: "expireQuiescentTemplate",
    name: "expire_quiescent_template",
    byDefault: () => true,
    reason: phrase`a drained server loses its persistent clients`,
  },
  {
    key: "conntrack",
    name: "conntrack",
    byDefault: (cluster) => (needsTracking(cluster) ? true : null),
    reason: phrase`netfilter tracks IPVS connections, as masquerading and FTP by nat need`,
  },
  {
    key: "connReuseMode",
    name: "conn_reuse_mode",
    byDefault: (cluster, host) =>
      tracks(cluster, host) ? (isOlder(host.kernel, reuseMendedIn) ? 0 : 1) : null,
    reason: phrase`with connection tracking, a reused client port does not wait a second`,
  },
  {
    key: "snatReroute",
    name: "snat_reroute",
    byDefault: kernels,
    reason: phrase`answers are routed again by their VIP`,
  },
  {
    key: "natIcmpSend",
    name: "nat_icmp_send",
    byDefault: kernels,
    reason: phrase`ICMP errors for lost NAT connections`,
  },
  {
    key: "pmtuDisc",
    name: "pmtu_disc",
    byDefault: ifAnnounced,
    reason: phrase`path MTU discovery for tunnels`,
  },
  {
    key: "scheduleIcmp",
    name: "schedule_icmp",
    byDefault: ifAnnounced,
    reason: phrase`ICMP errors reach the right server`,
  },
  {
    key: "sloppyTcp",
    name: "sloppy_tcp",
    byDefault: ifAnnounced,
    reason: phrase`connections are taken over in mid-stream`,
  },
  {
    key: "sloppySctp",
    name: "sloppy_sctp",
    byDefault: (cluster) => (usesSctp(cluster) ? ifAnnounced(cluster) : null),
    reason: phrase`associations are taken over in mid-stream`,
  },
];

export function ipvsSysctls(cluster: Cluster, host: Host): SysctlResource[] {
  return rows.flatMap(({ key, name, byDefault, reason }): SysctlResource[] => {
    const value = host.sysctls[key] ?? byDefault(cluster, host);
    if (value === null) return [];
    return [
      {
        kind: "sysctl",
        name: `net.ipv4.vs.${name}`,
        value: String(Number(value)),
        reason: inLanguage(reason),
      },
    ];
  });
}

function tracks(cluster: Cluster, host: Host): boolean {
  return host.sysctls.conntrack ?? needsTracking(cluster);
}

function needsTracking({ services }: Cluster): boolean {
  return services.some((service) => isMasqueraded(service) || isRewrittenFtp(service));
}

function usesSctp({ services }: Cluster): boolean {
  return services.some(({ protocol }) => protocol === "sctp");
}
