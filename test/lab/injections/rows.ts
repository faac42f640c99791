/** For each scenario of the lab a fault that `--inject` brings into hosts, and the checks that must fail of it. */

import type { ScenarioName } from "../../../src/lab/scenarios/names.ts";
import type { Injection } from "../../../src/lab/spec.ts";
import type { Cluster } from "../../../src/topology/model.ts";
import { announcing } from "../announcing.ts";
import { clusterOf } from "../own/run-own.ts";

export interface Row {
  readonly scenario: ScenarioName;
  readonly what: string;
  readonly cluster: Cluster;
  readonly inject: readonly Injection[];
  /** Checks of the scenario that fail; others of it may as well. */
  readonly failing: readonly string[];
}

const realServers = [{ host: "rs1" }, { host: "rs2" }];

const hosts = (names: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(names).map(([name, last]) => [name, { interfaces: { eth0: `10.9.0.${last}/24` } }]),
  );

const plain = clusterOf({
  version: 1,
  name: "injected",
  defaults: { os: "debian-12" },
  hosts: hosts({ dr: 1, rs1: 11, rs2: 12 }),
  directors: { hosts: ["dr"] },
  virtualServices: [
    {
      name: "web",
      vip: "10.9.0.100",
      port: 80,
      scheduler: "rr",
      realServers: [{ host: "rs1", upperThreshold: 6 }, { host: "rs2" }],
    },
  ],
});

const pair = clusterOf({
  version: 1,
  name: "injected-pair",
  defaults: { os: "debian-12" },
  hosts: hosts({ d1: 1, d2: 2, rs1: 11, rs2: 12 }),
  directors: { hosts: ["d1", "d2"], engine: "keepalived", connectionSync: { interface: "eth0" } },
  virtualServices: [
    {
      name: "web",
      vip: "10.9.0.100",
      port: 80,
      scheduler: "rr",
      healthCheck: { type: "tcp", interval: 1, retries: 0 },
      realServers,
    },
  ],
});

const shared = clusterOf({
  version: 1,
  name: "injected-shared",
  defaults: { os: "debian-12" },
  hosts: hosts({ lb1: 1, lb2: 2 }),
  floatingAddresses: [
    {
      name: "web",
      address: "10.9.0.100/24",
      hosts: ["lb1", "lb2"],
      track: [{ type: "http", port: 80, path: "/", interval: 1, timeout: 1, rise: 1, fall: 2 }],
    },
  ],
});

const announced = clusterOf(announcing());

/** The same command on several hosts. */
const on = (names: readonly string[], command: string): Injection[] =>
  names.map((host) => ({ host, command }));

const ipvsadm = "/usr/sbin/ipvsadm";

/** Puts a program in the place of ipvsadm, which it finds as `$real`. */
const wrap = (text: string): string =>
  `mv ${ipvsadm} ${ipvsadm}.real && printf '%s\\n' '#!/bin/sh' 'real=${ipvsadm}.real' '${text}' >${ipvsadm} && chmod 755 ${ipvsadm}`;

/** Changes a host's script; fails where it has nothing to change. */
const edit = (script: string, from: string, to: string): string =>
  `grep -qF '${from}' ${script} && sed -i 's/${from.replace(/[[\]*&/.]/g, "\\$&")}/${to}/' ${script}`;

const lvsDr = "/usr/local/sbin/lvs_dr.sh";
const lvsRs = "/usr/local/sbin/lvs_rs.sh";

/** Refuses a new connection now and then; IPVS takes packets that have passed this chain. */
const refuseEach = (count: number): string =>
  `iptables -A INPUT -p tcp --syn --dport 80 -m statistic --mode nth --every ${count} --packet ${count - 1} -j REJECT --reject-with tcp-reset`;

const gate = "/usr/libexec/keepalived/lvs_gate.sh";
const keepalivedConf = "/etc/lvsgen/keepalived.conf";

/** Drops lines of keepalived.conf, which the script knows by its digest. */
const leaveOut = (line: string): string =>
  `old=$(sha256sum <${keepalivedConf}) && sed -i '/^ *${line}$/d' ${keepalivedConf} && new=$(sha256sum <${keepalivedConf}) && ` +
  `[ "$old" != "$new" ] && sed -i "s/\${old%% *}/\${new%% *}/" ${lvsDr}`;

const stopForgets = edit(lvsRs, 'write_sysctl "$name" "$found"', 'write_sysctl "$name" 0');

export const ROWS: readonly Row[] = [
  {
    scenario: "balance",
    what: "a server's firewall refuses its service",
    cluster: plain,
    inject: on(["rs2"], "iptables -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset"),
    failing: ["web is balanced as rr promises"],
  },
  {
    scenario: "arp",
    what: "a server has the VIP on its wire",
    cluster: plain,
    inject: on(["rs2"], "ip address add 10.9.0.100/32 dev eth0"),
    failing: ["only the director claims the VIP while scripts start", "nobody answers for a VIP after stop"],
  },
  {
    scenario: "idempotence",
    // The scenario replaces programs itself, and has to keep what was there.
    what: "an ipvsadm that complains",
    cluster: plain,
    inject: on(["dr"], wrap('echo "Invalid argument" >&2; exec "$real" "$@"')),
    failing: ["a second start says that nothing changed"],
  },
  {
    scenario: "reapply-under-load",
    what: "every fortieth connection is refused",
    cluster: plain,
    inject: on(["dr"], refuseEach(40)),
    failing: ["no request fails while scripts are applied again"],
  },
  {
    scenario: "long-connection",
    what: "connections are reset after some exchanges",
    cluster: plain,
    // An exchange is 5 bytes behind 52 of heads.
    inject: on(
      ["dr"],
      "iptables -A INPUT -p tcp -m length --length 57 -m quota --quota 300 -j ACCEPT && " +
        "iptables -A INPUT -p tcp -m length --length 57 -j REJECT --reject-with tcp-reset",
    ),
    failing: ["web: an open connection stays usable"],
  },
  {
    scenario: "restore",
    what: "a script that puts back 0",
    cluster: plain,
    inject: on(["rs1"], stopForgets),
    failing: ["stop restores the host's state", "a second stop restores the host's state"],
  },
  {
    scenario: "foreign-state",
    what: "an ipvsadm that clears the table first",
    cluster: plain,
    inject: on(["dr"], wrap('case $* in -R) "$real" -C ;; esac; exec "$real" "$@"')),
    failing: ["foreign IPVS services survive start", "stop leaves exactly the foreign state"],
  },
  {
    scenario: "drain",
    what: "an ipvsadm that knows no weight 0",
    cluster: plain,
    inject: on(
      ["dr"],
      wrap('case $* in -R) sed "s/-w 0/-w 1/" | "$real" -R ;; *) exec "$real" "$@" ;; esac'),
    ),
    failing: ["reload drains the server", "a drained server gets no new connection"],
  },
  {
    scenario: "thresholds",
    what: "an ipvsadm that forgets thresholds",
    cluster: plain,
    inject: on(
      ["dr"],
      wrap('case $* in -R) sed "s/ -x [0-9]*//" | "$real" -R ;; *) exec "$real" "$@" ;; esac'),
    ),
    failing: ["web: a full server gets no new connection"],
  },
  {
    scenario: "concurrent",
    what: "a script that does not wait for another",
    cluster: plain,
    inject: on(
      ["rs1"],
      edit(lvsRs, "flock -n 9 && return 0", 'flock -n 9 \\&\\& return 0; die 1 "another run is at work"'),
    ),
    failing: ["two starts at once both exit 0"],
  },
  {
    scenario: "missing",
    what: "a second ipvsadm",
    cluster: plain,
    inject: on(["dr"], "cp -P /usr/sbin/ipvsadm /usr/bin/"),
    failing: ["missing program ipvsadm: exits 5", "missing program ipvsadm: nothing is changed"],
  },
  {
    scenario: "crash",
    what: "a script that puts back 0",
    cluster: plain,
    inject: [
      ...on(["dr", "rs1", "rs2"], "echo 1 >/proc/sys/net/ipv4/conf/all/arp_announce"),
      ...on(["rs1"], stopForgets),
    ],
    failing: ["start and stop work undisturbed"],
  },
  {
    scenario: "health-check",
    what: "every fifteenth connection is refused",
    cluster: pair,
    inject: on(["d1", "d2"], refuseEach(15)),
    failing: ["web: no request fails while a server is out"],
  },
  {
    scenario: "track-faults",
    what: "a track that is content with everything",
    cluster: shared,
    inject: on(["lb1", "lb2"], "printf '%s\\n' '#!/bin/sh' 'exit 0' >/usr/libexec/keepalived/lvs_track.sh"),
    failing: ["web moves in time when nginx is killed"],
  },
  {
    scenario: "failover",
    what: "a firewall between the directors' connection syncs",
    cluster: pair,
    inject: on(["d1", "d2"], "iptables -A INPUT -p udp --dport 8848 -j DROP"),
    failing: ["an open connection goes on at the other director"],
  },
  {
    scenario: "reload",
    what: "every tenth connection is refused",
    cluster: pair,
    inject: on(["d1", "d2"], refuseEach(10)),
    failing: ["no request fails while configurations are reloaded"],
  },
  {
    scenario: "flushed",
    what: "a script that does not look for its services",
    cluster: pair,
    inject: on(["d1", "d2"], edit(lvsDr, "lost_process lost_service", "lost_process")),
    failing: ["backup: check finds a cleared table", "master: status finds a cleared table"],
  },
  {
    scenario: "spread",
    what: "a director that refuses connections, and still announces",
    cluster: announced,
    inject: on(["d2"], "iptables -A INPUT -p tcp --syn --dport 80 -j REJECT --reject-with tcp-reset"),
    failing: ["new connections reach each director", "none of them fails"],
  },
  {
    scenario: "same-server",
    what: "a director that leaves ports out of its hash",
    cluster: announced,
    inject: on(["d2"], leaveOut("mh-port")),
    failing: ["all directors choose the same when first checks pass in differing order"],
  },
  {
    scenario: "active-directors",
    what: "directors that take no connection over in mid-stream",
    cluster: announced,
    inject: on(["d1", "d2"], edit(lvsDr, "sloppy_tcp 1", "sloppy_tcp 0")),
    failing: ["held connections go on when a director is stopped"],
  },
  {
    scenario: "withdrawal",
    what: "a gate that does not watch",
    cluster: announced,
    inject: on(["d1", "d2"], edit(gate, '"$0" look', ': "$0"')),
    failing: ["routers leave a director when keepalived is killed"],
  },
  {
    scenario: "active-servers",
    what: "directors that give a dead server's share to nobody",
    cluster: announced,
    inject: on(["d1", "d2"], leaveOut("mh-fallback")),
    failing: ["new connections when a dead server is out"],
  },
  {
    scenario: "icmp-errors",
    what: "directors that know nothing of others' connections",
    cluster: announced,
    inject: on(["d1", "d2"], edit(lvsDr, "schedule_icmp 1", "schedule_icmp 0")),
    failing: ["large answers come through where a router takes small packets"],
  },
];
