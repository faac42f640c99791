/**
 * What IPVS and its tools can do since when: one row a feature that some supported system lacks, or whose module must
 * be there. Kernel versions are those of kernel.org; a distribution that has a feature earlier says so in its row
 * (platforms). Sources: "linux" is the kernel's own tree, with the commit's subject and its date.
 */

export interface Feature {
  /** First kernel that has it; null: every kernel of the platform table (2.6.32 and later). */
  readonly kernel: string | null;
  /** First ipvsadm that takes it on its command line; null: every one of the table (1.26 and later), or not its business. */
  readonly ipvsadm: string | null;
  /** First keepalived that can configure it; null: no minimum is known. */
  readonly keepalived: string | null;
  /** Releases of keepalived, both ends included, that lost it again; null: none did. */
  readonly keepalivedLacks: VersionRange | null;
  /** First iproute2 that can set it up; null: not its business. */
  readonly iproute2: string | null;
  /** Kernel modules on the host that needs the feature, beside ip_vs. */
  readonly modules: readonly string[];
  readonly source: string;
}

interface VersionRange {
  readonly from: string;
  readonly to: string;
}

type Since = Partial<Omit<Feature, "source">>;

function feature(source: string, since: Since = {}): Feature {
  return {
    kernel: null,
    ipvsadm: null,
    keepalived: null,
    keepalivedLacks: null,
    iproute2: null,
    modules: [],
    ...since,
    source,
  };
}

/** A scheduler is a module of its name. ipvsadm passes any name on to the kernel (ipvsadm.c, 1.31: no check). */
function scheduler(name: string, source: string, since: Since = {}): Feature {
  return feature(source, { modules: [`ip_vs_${name}`], ...since });
}

const classicScheduler = "linux v2.6.32 net/netfilter/ipvs/Makefile";

const sourceHashFlag = feature("linux: ipvs: SH fallback and L4 hashing (2013-06-26); ipvsadm 1.27 --help", {
  kernel: "3.11",
  ipvsadm: "1.27",
  modules: ["ip_vs_sh"],
});

/** Before 1.30 ipvsadm has -b, but refuses flags of any scheduler other than sh. */
const maglevFlag = feature(
  "linux v4.18 ip_vs_mh.c; ipvsadm git: Add support for mh scheduler (1.30); keepalived ChangeLog, 2.0.20: unknown keyword before",
  { kernel: "4.18", ipvsadm: "1.30", keepalived: "2.0.20", modules: ["ip_vs_mh"] },
);

function sysctl(source: string, kernel: string | null): Feature {
  return feature(source, { kernel });
}

const oldSysctl = "linux Documentation/networking/ipvs-sysctl, of 2006";
/** The sync daemon's settings came together. */
const syncSysctl =
  "linux: ipvs: reduce sync rate with time thresholds; add support for sync threads (2012-05-08)";

export const features = {
  "scheduler rr": scheduler("rr", classicScheduler),
  "scheduler wrr": scheduler("wrr", classicScheduler),
  "scheduler lc": scheduler("lc", classicScheduler),
  "scheduler wlc": scheduler("wlc", classicScheduler),
  "scheduler lblc": scheduler("lblc", classicScheduler),
  "scheduler lblcr": scheduler("lblcr", classicScheduler),
  "scheduler dh": scheduler("dh", classicScheduler),
  "scheduler sh": scheduler("sh", classicScheduler),
  "scheduler sed": scheduler("sed", classicScheduler),
  "scheduler nq": scheduler("nq", classicScheduler),
  "scheduler fo": scheduler("fo", "linux v3.18 net/netfilter/ipvs/Kconfig", { kernel: "3.18" }),
  "scheduler ovf": scheduler("ovf", "linux v4.3 net/netfilter/ipvs/Kconfig", { kernel: "4.3" }),
  "scheduler mh": scheduler("mh", "linux v4.18 net/netfilter/ipvs/Kconfig; keepalived ChangeLog, 2.0.7", {
    kernel: "4.18",
    keepalived: "2.0.7",
  }),
  "scheduler twos": scheduler(
    "twos",
    "linux v5.12 net/netfilter/ipvs/Kconfig; Debian's keepalived 2.2.7 knows the name, 2.1.5 does not",
    { kernel: "5.12", keepalived: "2.2.7" },
  ),

  "scheduler flag sh-port": sourceHashFlag,
  "scheduler flag sh-fallback": sourceHashFlag,
  // What every configuration of ours has: ip_family, retries of TCP_CHECK, sync daemon by id, ids unique by interface.
  "engine keepalived": feature("keepalived ChangeLog, 1.2.20", { keepalived: "1.2.20" }),
  "check dns": feature("keepalived ChangeLog, 1.3.0; delay_before_retry: keepalived.conf(5) of 2.0", {
    keepalived: "2.0.0",
  }),
  "check script": feature("retry and delay_before_retry of MISC_CHECK: keepalived.conf(5) of 2.0", {
    keepalived: "2.0.0",
  }),
  "quotes in arguments of check script": feature(
    "keepalived ChangeLog of 2018-07-23, 2.0.6: Add support for quote and escape handling of notify and other scripts",
    { keepalived: "2.0.6" },
  ),
  // A user for each script, and that root runs none that others can replace.
  "tracks by a program": feature("keepalived.conf(5) of 1.3.5: vrrp_script with user and timeout", {
    keepalived: "1.3.5",
  }),
  "tracks of files": feature("keepalived release notes, 2.0.0: Add vrrp_track_file option", {
    keepalived: "2.0.0",
  }),
  "weights of addresses that move together": feature(
    "keepalived.conf(5) of 2.0: track_script and others of vrrp_sync_group; before, a group ignores weights",
    { keepalived: "2.0.0" },
  ),
  "check udp": feature("keepalived pull request 1485, after 2.0.20", { keepalived: "2.1.0" }),
  "check ping": feature("keepalived pull request 1485, after 2.0.20", { keepalived: "2.1.0" }),
  "payload of check udp": feature("keepalived pull request 1744, after 2.1.5", { keepalived: "2.2.0" }),
  "check https by name": feature("keepalived ChangeLog, 1.4.3: enable_sni", { keepalived: "1.4.3" }),
  "times of checks in parts of a second": feature("keepalived ChangeLog of 2019-02-19, 2.0.13", {
    keepalived: "2.0.13",
  }),
  // 2.0.17 has ranges such as 200-299, never 2xx, which existed between releases only.
  "several statuses of a check": feature(
    "keepalived ChangeLog of 2019-06-25, 2.0.17: Change how http status codes are configured",
    { keepalived: "2.0.17" },
  ),
  "forwarding by real server": feature("keepalived ChangeLog, 1.3.6: lvs_method per real server", {
    keepalived: "1.3.6",
  }),
  "IPv6 adverts by multicast": feature(
    "Debian's keepalived 2.2.7 takes it; 2.1.5 wants a link-local address first (RFC 9568, 5.2.9)",
    { keepalived: "2.2.7" },
  ),
  // IPv6's is a number, and is read as it should.
  "IPv4 persistence by network": feature(
    "keepalived pull request 805: Fix persistence_granularity IPv4 netmask validation; broken since fecfe5af9913, 1.2.24",
    { keepalivedLacks: { from: "1.2.24", to: "1.4.2" } },
  ),
  "IPv6 persistence by network": feature("keepalived ChangeLog, 1.2.24", { keepalived: "1.2.24" }),

  "scheduler flag mh-port": maglevFlag,
  "scheduler flag mh-fallback": maglevFlag,

  // On the director; the real server's end is a feature of its own, below.
  "tunnel ipip": feature("ipvsadm -i; linux v2.6.32 ip_vs_xmit.c"),
  "tunnel gue": feature(
    "linux: ipvs: allow tunneling with gue encapsulation (84c0d5e96f3a, v5.2); ipvsadm 1.31 release notes; keepalived ChangeLog, 2.0.18",
    { kernel: "5.2", ipvsadm: "1.31", keepalived: "2.0.18" },
  ),
  "tunnel gre": feature(
    "linux: ipvs: allow tunneling with gre encapsulation (v5.3); ipvsadm 1.31 release notes; keepalived ChangeLog, 2.0.18",
    { kernel: "5.3", ipvsadm: "1.31", keepalived: "2.0.18" },
  ),
  "end of an ipip tunnel": feature("linux net/ipv4/Kconfig, NET_IPIP", { modules: ["ipip"] }),
  "end of a gue tunnel": feature("linux v3.18 net/ipv4/fou.c; iproute2 3.18, ip fou (from memory)", {
    kernel: "3.18",
    iproute2: "3.18",
    modules: ["fou", "ipip"],
  }),
  "end of a gre tunnel": feature("linux net/ipv4/Kconfig, NET_IPGRE", { modules: ["ip_gre"] }),
  // The same wrapped in IPv6: modules of their own, which some build without.
  "end of a gue tunnel over IPv6": feature(
    "linux: fou: Support IPv6 in fou (2016-05, v4.7), net/ipv6/fou6.c; iproute2 3.18, ip fou -6 (from memory)",
    { kernel: "4.7", iproute2: "3.18", modules: ["fou6", "ip6_tunnel"] },
  ),
  "end of a gre tunnel over IPv6": feature("linux: gre: Support GRE over IPv6 (2012-08, v3.7), ip6_gre.c", {
    kernel: "3.7",
    modules: ["ip6_gre"],
  }),

  // It reads the commands and answers of port 21 (EPSV and IPv6 since 4.18), and rewrites them by conntrack.
  "FTP by nat": feature(
    "linux net/netfilter/ipvs/ip_vs_ftp.c; IPVS: netfilter connection tracking changes (2010-09-21, v2.6.37)",
    { kernel: "2.6.37", modules: ["ip_vs_ftp"] },
  ),
  "FTP by nat over IPv6": feature("linux: ipvs: add ipv6 support to ftp (d12e12299a69, v4.18)", {
    kernel: "4.18",
    modules: ["ip_vs_ftp"],
  }),

  "routing rules by port": feature(
    "linux: net: fib_rules: support for match on ip_proto, sport and dport (bfff4862653b, v4.17); iproute2 4.17, ip-rule(8)",
    { kernel: "4.17", iproute2: "4.17" },
  ),

  "one-packet scheduling": feature(
    "linux: IPVS: one-packet scheduling (2010-06-22, v2.6.36); ipvsadm 1.26 --help",
    {
      kernel: "2.6.36",
    },
  ),
  // 1.26 and 1.27 have no --sctp-service in their --help, 1.28 has.
  "protocol sctp": feature(
    "linux: ipvs: SCTP Transport Loadbalancing Support (2010-02-18, v2.6.34); ipvsadm 1.28 --help",
    { kernel: "2.6.34", ipvsadm: "1.28" },
  ),
  "persistence engine sip": feature(
    "linux: IPVS: sip persistence engine (2010-10-04, v2.6.37); ipvsadm 1.26 --help",
    {
      kernel: "2.6.37",
      modules: ["ip_vs_pe_sip"],
    },
  ),
  "connection thresholds": feature("ipvsadm(8) of 2005, -x and -y"),
  "firewall mark": feature("ipvsadm(8) of 2005, -f"),
  "IPv6 services": feature("linux: IPVS: Add CONFIG_IP_VS_IPV6 (2008-09-02, v2.6.28); ipvsadm 1.26 --help"),
  "IPv6 firewall mark": feature("ipvsadm 1.26 --help, -6"),
  "tunnels between IPv4 and IPv6": feature(
    "linux: ipvs: Add destination address family to netlink interface (2014-09-16, v3.18); ipvsadm 1.28 (from memory); keepalived pull request 716 (1.4.0), whose checks and families are right since 1.4.5",
    { kernel: "3.18", ipvsadm: "1.28", keepalived: "1.4.5" },
  ),
  "listening at IPv6 addresses beforehand": feature("linux: ipv6: Nonlocal bind (35a256fee52c, v4.3)", {
    kernel: "4.3",
  }),
  "sync daemon": feature("ipvsadm(8) of 2005, --start-daemon"),
  // They came with kernel 4.3 "but got fixed in kernel v4.7", as the ipvsadm 1.29 tag says.
  "sync daemon group, port, ttl and maxlen": feature(
    "linux: ipvs: add more mcast parameters for the sync daemon (2015-08-21, v4.3, fixed in v4.7); ipvsadm tag v1.29",
    { kernel: "4.7", ipvsadm: "1.29" },
  ),
  // Before, conn_reuse_mode=1 with conntrack=1 dropped the first packet: a stall of 1 s.
  "port reuse with conntrack": feature(
    "linux: ipvs: allow connection reuse for unconfirmed conntrack (f0a5e4d7a594, v5.9)",
    { kernel: "5.9" },
  ),

  "sysctl am_droprate": sysctl(oldSysctl, null),
  "sysctl amemthresh": sysctl(oldSysctl, null),
  "sysctl cache_bypass": sysctl(oldSysctl, null),
  "sysctl drop_entry": sysctl(oldSysctl, null),
  "sysctl drop_packet": sysctl(oldSysctl, null),
  "sysctl secure_tcp": sysctl(oldSysctl, null),
  "sysctl expire_nodest_conn": sysctl(oldSysctl, null),
  "sysctl expire_quiescent_template": sysctl(oldSysctl, null),
  "sysctl nat_icmp_send": sysctl(oldSysctl, null),
  "sysctl sync_threshold": sysctl(oldSysctl, null),
  "sysctl conntrack": sysctl("linux: ipvs: netfilter connection tracking changes (2010-09-21)", "2.6.37"),
  "sysctl snat_reroute": sysctl("linux: ipvs: make rerouting optional with snat_reroute (2010-10)", "2.6.37"),
  "sysctl sync_version": sysctl(
    "linux: IPVS: Backup, adding version 1 receive capability (2010-11-25)",
    "2.6.38",
  ),
  "sysctl sync_refresh_period": sysctl(syncSysctl, "3.5"),
  "sysctl sync_retries": sysctl(syncSysctl, "3.5"),
  "sysctl sync_qlen_max": sysctl(syncSysctl, "3.5"),
  "sysctl sync_sock_size": sysctl(syncSysctl, "3.5"),
  "sysctl sync_ports": sysctl(syncSysctl, "3.5"),
  "sysctl pmtu_disc": sysctl("linux: ipvs: add pmtu_disc option (2012, v3.7)", "3.7"),
  "sysctl backup_only": sysctl("linux: ipvs: add backup_only flag to avoid loops (2013-03-19)", "3.9"),
  "sysctl sloppy_tcp": sysctl("linux: ipvs: sloppy TCP and SCTP (2013-06, v3.11)", "3.11"),
  "sysctl sloppy_sctp": sysctl("linux: ipvs: sloppy TCP and SCTP (2013-06, v3.11)", "3.11"),
  "sysctl sync_persist_mode": sysctl("linux: ipvs: add sync_persist_mode flag (2013-06-26)", "3.11"),
  "sysctl conn_reuse_mode": sysctl("linux: ipvs: allow rescheduling of new connections (2015-02-25)", "4.1"),
  "sysctl schedule_icmp": sysctl("linux: ipvs: add schedule_icmp sysctl (94485fedcb17, 2015-09-01)", "4.4"),
  "sysctl ignore_tunneled": sysctl("linux: ipvs: add sysctl to ignore tunneled packets (2015-09-17)", "4.4"),
  "sysctl run_estimation": sysctl(
    "linux: ipvs: add sysctl_run_estimation (2232642ec3fb, 2021-10-07)",
    "5.16",
  ),
  "sysctl est_cpulist": sysctl("linux: ipvs: add est_cpulist and est_nice sysctl vars (2022-12-10)", "6.2"),
  "sysctl est_nice": sysctl("linux: ipvs: add est_cpulist and est_nice sysctl vars (2022-12-10)", "6.2"),
} as const satisfies Readonly<Record<string, Feature>>;

export type FeatureName = keyof typeof features;

/** Whether there is a row of that name, such as `scheduler mh`. */
export function isFeature(name: string): name is FeatureName {
  return Object.hasOwn(features, name);
}
