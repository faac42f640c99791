/** Rules about what kernels and tools can do: everything that is asked for is gated by one table (plan/features.ts). */

import { pointerOf } from "../base/json-pointer.ts";
import { needsQuotes } from "../base/keepalived-command.ts";
import { say } from "../languages/say.ts";
import { restsInBackup } from "../plan/as-real-server.ts";
import { checkCommand } from "../plan/check-command.ts";
import { unavailable } from "../plan/feature-gate.ts";
import { isLocal } from "../plan/memberships.ts";
import { watchedBy } from "../plan/tracks.ts";
import { type VirtualRouter, virtualRouters } from "../plan/vrrp.ts";
import { type FeatureName, isFeature } from "../platforms/features.ts";
import { familyOf } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type {
  Cluster,
  Engine,
  Family,
  FloatingAddress,
  Host,
  RealServer,
  Track,
  VirtualService,
} from "../topology/model.ts";
import { allServers, isMasqueraded, isRewrittenFtp } from "../topology/servers.ts";
import { everyResolved } from "./every-server.ts";
import { type PlacedDirector, placedDirectors } from "./placed-directors.ts";
import { sysctlPlace } from "./places.ts";
import type { Rule } from "./rule.ts";

export const featureRules: readonly Rule[] = [
  {
    code: "LVS146",
    name: "feature that a director or a host of a floating address lacks",
    severity: "error",
    explain: {
      what: `
        A director's kernel, ipvsadm or keepalived is too old for something that a service or directors.connectionSync
        uses, or those of a host for its floating address, or its kernel package is built without it: scheduler flags, a tunnel's type, SCTP, one-packet scheduling,
        the engine sip, persistence by network, IPv6, tunnels between IPv4 and IPv6, settings of the synchronisation,
        directors that are real servers.`,
      why: `
        An old ipvsadm does not know the option and adds nothing. An old kernel is worse: it ignores what it does not
        know, so that a gue tunnel becomes ipip, and the real server cannot unwrap its packets. keepalived from 1.2.24
        to 1.4.2 ignores a persistence netmask, so that the clients of one network go to different servers. A module
        that is not built fails at start, with a message that does not name it.`,
      fix: `
        Do without it, or upgrade the director. If it runs another kernel or ipvsadm than its release ships, set
        "kernel" and "versions"; if the message says that something is unknown, set "kernel".`,
      wrong: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            versions: { ipvsadm: "1.29" }
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, forwarding: tun, tunnel: { type: gue } }
              - { host: pi3 }`,
      right: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            versions: { ipvsadm: "1.31" }
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, forwarding: tun, tunnel: { type: gue } }
              - { host: pi3 }`,
    },
    check: ({ cluster }) => {
      const uses = [
        ...cluster.services.flatMap((service) => serviceUses(cluster, service)),
        ...syncUses(cluster),
        ...engineUses(cluster),
        ...strategyUses(cluster),
      ];
      return [
        ...directorsOf(cluster).flatMap((director) =>
          uses.flatMap((each) => lacking(each, director, cluster.directors.engine) ?? []),
        ),
        ...cluster.floating.flatMap((address) => lackingFloating(cluster, address)),
      ];
    },
  },
  {
    code: "LVS147",
    name: "tunnel that a real server cannot unwrap",
    severity: "error",
    explain: {
      what: `
        A real server's kernel or iproute2 is too old for the end of its tunnel, or its kernel package is built without
        the module.`,
      why: `
        The director wraps packets in any case. A real server without a device for them drops them or answers "protocol
        unreachable", and every client that is sent there times out.`,
      fix: `
        Use the type ipip, whose module nearly every kernel has, or upgrade the server. If it runs another kernel than
        its release ships, set "kernel".`,
      wrong: `
        hosts:
          pi3:
            interfaces: { eth0: 192.168.1.108/24 }
            kernel: "3.16"
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3, forwarding: tun, tunnel: { type: gue } }`,
      right: `
        hosts:
          pi3:
            interfaces: { eth0: 192.168.1.108/24 }
            kernel: "3.16"
        virtualServices:
          - name: web
            realServers:
              - { host: pi2 }
              - { host: pi3, forwarding: tun, tunnel: { type: ipip } }`,
    },
    check: ({ cluster }) =>
      everyResolved(cluster, (server) => {
        const host = server.host === null ? undefined : cluster.hosts.get(server.host);
        if (host === undefined || server.forwarding !== "tun" || isOnDirector(cluster, server)) return null;
        const feature = ends[server.tunnel.type][familyOf(server.address)];
        return lacking({ feature, pointer: tunnelPlace(server) }, host, cluster.directors.engine);
      }),
  },
  {
    code: "LVS148",
    name: "sysctl that a director's kernel lacks",
    severity: "error",
    explain: {
      what: `
        "sysctls" asks for a setting of IPVS that a director's kernel does not have yet, a service masquerades on a
        kernel without conntrack for IPVS, or directors announce their VIPs and a kernel lacks sloppy_tcp, schedule_icmp
        or pmtu_disc.`,
      why: `
        The kernel has no such file under /proc/sys/net/ipv4/vs: start reports it and exits 6, and the director balances
        nothing.`,
      fix: `
        Remove the setting for this director, or upgrade it. If it runs another kernel than its release ships, set
        "kernel".`,
      wrong: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            kernel: "3.16"
        sysctls: { scheduleIcmp: true }`,
      right: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            kernel: "4.19"
        sysctls: { scheduleIcmp: true }`,
    },
    check: (context) => placedDirectors(context).flatMap((place) => sysctlProblems(context.cluster, place)),
  },
];

interface Use {
  readonly feature: FeatureName;
  readonly pointer: string;
}

/** By tunnel type, what its real server's end needs; wrapped in IPv4, and in IPv6. */
const ends = {
  ipip: { 4: "end of an ipip tunnel", 6: "end of an ipip tunnel" },
  gue: { 4: "end of a gue tunnel", 6: "end of a gue tunnel over IPv6" },
  gre: { 4: "end of a gre tunnel", 6: "end of a gre tunnel over IPv6" },
} as const satisfies Readonly<Record<RealServer["tunnel"]["type"], Readonly<Record<Family, FeatureName>>>>;

/** Features that a service asks of directors, beside its scheduler (LVS140). */
function serviceUses(cluster: Cluster, service: VirtualService): Use[] {
  const { pointer, family, protocol, onePacket, persistence, mark, schedulerFlags, scheduler } = service;
  const asked: [boolean, FeatureName, string][] = [
    [family === 6, "IPv6 services", "vip"],
    [family === 6 && mark !== null, "IPv6 firewall mark", "fwmark"],
    [protocol === "sctp", "protocol sctp", "protocol"],
    [onePacket && protocol === "udp", "one-packet scheduling", "onePacket"],
    [persistence?.engine === "sip", "persistence engine sip", "persistence/engine"],
    [
      isRewrittenFtp(service),
      family === 6 ? "FTP by nat over IPv6" : "FTP by nat",
      mark === null ? "port" : "ports",
    ],
  ];
  // A flag of another scheduler is LVS142's business.
  const flags = schedulerFlags.filter((flag) => flag.startsWith(`${scheduler}-`));
  return [
    ...asked.flatMap(([applies, feature, key]) => (applies ? { feature, pointer: `${pointer}/${key}` } : [])),
    ...flags.flatMap((flag) => use(`scheduler flag ${flag}`, `${pointer}/schedulerFlags`)),
    ...allServers(service).flatMap((server) => serverUses(cluster, service, server)),
  ];
}

function serverUses(cluster: Cluster, { family }: VirtualService, server: RealServer): Use[] {
  if (server.forwarding !== "tun" || isOnDirector(cluster, server)) return [];
  return [
    ...use(`tunnel ${server.tunnel.type}`, tunnelPlace(server)),
    ...(familyOf(server.address) === family ? [] : use("tunnels between IPv4 and IPv6", hostPlace(server))),
  ];
}

function syncUses({ directors: { connectionSync: sync } }: Cluster): Use[] {
  if (sync === null) return [];
  const place = pointerOf("directors", "connectionSync");
  const settings = (["group", "port", "ttl"] as const).filter((key) => sync[key] !== null);
  return [
    ...use("sync daemon", place),
    ...settings.flatMap((key) => use("sync daemon group, port, ttl and maxlen", `${place}/${key}`)),
  ];
}

/** What a director asks of its kernel that is a real server of another one. */
function strategyUses(cluster: Cluster): Use[] {
  if (!restsInBackup(cluster)) return [];
  return use("sysctl backup_only", pointerOf("directors", "asRealServer"));
}

/** What keepalived's configuration asks of its version. */
function engineUses(cluster: Cluster): Use[] {
  const { directors, services } = cluster;
  if (directors.engine !== "keepalived") return [];
  const isMulticast = !directors.vrrp.unicast || directors.hosts.length === 1;
  const tracked = trackUses(cluster, directors.vrrp.track, ({ floating }) => floating === null);
  return [
    ...use("engine keepalived", pointerOf("directors", "engine")),
    ...tracked.flatMap(([applies, feature, key]) =>
      applies ? use(feature, pointerOf("directors", "vrrp", key)) : [],
    ),
    ...(isMulticast &&
    virtualRouters(cluster).some(({ family, floating }) => family === 6 && floating === null)
      ? use("IPv6 adverts by multicast", pointerOf("directors", "vrrp", "unicast"))
      : []),
    ...services.flatMap((service) => [
      ...checkUses(service),
      ...allServers(service)
        .filter(({ forwarding }) => forwarding !== service.realServers[0]?.forwarding)
        .flatMap(({ pointer }) => use("forwarding by real server", `${pointer}/forwarding`)),
      ...(isByNetwork(service)
        ? use(`IPv${service.family} persistence by network`, `${service.pointer}/persistence/netmask`)
        : []),
    ]),
  ];
}

function isByNetwork({ family, persistence }: VirtualService): boolean {
  const whole = family === 4 ? 32 : 128;
  return (persistence?.prefix ?? whole) < whole;
}

function checkUses({ healthCheck: check, realServers, pointer }: VirtualService): Use[] {
  if (check === null) return [];
  const place = `${pointer}/healthCheck`;
  const times = (["interval", "timeout", "delayBeforeRetry"] as const).filter(
    (key) => !Number.isInteger(check[key]),
  );
  return [
    ...use(`check ${check.type}`, `${place}/type`),
    ...(realServers.some((to) => checkCommand(check, to).some(needsQuotes))
      ? use("quotes in arguments of check script", `${place}/arguments`)
      : []),
    ...(check.payload === null ? [] : use("payload of check udp", `${place}/payload`)),
    ...(check.type === "https" && check.virtualHost !== null
      ? use("check https by name", `${place}/virtualHost`)
      : []),
    ...(typeof check.status === "number" ? [] : use("several statuses of a check", `${place}/status`)),
    ...times.flatMap((key) => use("times of checks in parts of a second", `${place}/${key}`)),
  ];
}

function use(feature: string, pointer: string): Use[] {
  return isFeature(feature) ? [{ feature, pointer }] : [];
}

/** What tracks ask of keepalived, with the key that asks. */
function trackUses(
  cluster: Cluster,
  tracks: readonly Track[],
  isOwn: (router: VirtualRouter) => boolean,
): [boolean, FeatureName, string][] {
  const routers = virtualRouters(cluster);
  const own = routers.find(isOwn);
  const isGrouped = routers.filter(({ election }) => election === own?.election).length > 1;
  return [
    [tracks.some((track) => watchedBy(track) === "script"), "tracks by a program", "track"],
    [tracks.some((track) => watchedBy(track) === "file"), "tracks of files", "track"],
    [
      isGrouped && tracks.some(({ weight }) => weight !== null),
      "weights of addresses that move together",
      "track",
    ],
    [
      tracks.some((track) => track.arguments.some(needsQuotes)),
      "quotes in arguments of check script",
      "track",
    ],
  ];
}

function carriesOf({ addresses }: VirtualRouter, { ip, prefix }: FloatingAddress): boolean {
  return addresses.some(({ address }) => address === `${ip}/${prefix}`);
}

/** What programs that run at changes of state ask of keepalived. */
function notifyUses({ notify, notifyOn }: FloatingAddress): [boolean, FeatureName, string][] {
  const programs = [
    ...(notify === null ? [] : [["notify", notify] as const]),
    ...Object.entries(notifyOn).map(([state, each]) => [`notifyOn/${state}`, each] as const),
  ];
  return programs.flatMap(([key, program]): [boolean, FeatureName, string][] => [
    [true, "tracks by a program", key],
    [program.arguments.some(needsQuotes), "quotes in arguments of check script", key],
  ]);
}

/** What hosts of a floating address lack. */
function lackingFloating(cluster: Cluster, address: FloatingAddress): Problem[] {
  const { hosts } = cluster;
  const { members, family, unicast, bindBeforehand, pointer } = address;
  const asked: [boolean, FeatureName, string][] = [
    [true, "engine keepalived", "hosts"],
    [family === 6 && (!unicast || members.length === 1), "IPv6 adverts by multicast", "unicast"],
    ...trackUses(cluster, address.track, (router) => router.floating !== null && carriesOf(router, address)),
    ...notifyUses(address),
    [address.runOnMaster.length > 0, "tracks by a program", "runOnMaster"],
    [family === 6 && bindBeforehand, "listening at IPv6 addresses beforehand", "bindBeforehand"],
  ];
  const uses = asked.flatMap(([applies, feature, key]) =>
    applies ? { feature, pointer: `${pointer}/${key}` } : [],
  );
  return members
    .flatMap(({ host }) => hosts.get(host) ?? [])
    .flatMap((host) => uses.flatMap((each) => lacking(each, host, "keepalived") ?? []));
}

function lacking({ feature, pointer }: Use, host: Host, engine: Engine): Problem | null {
  const reason = unavailable(feature, host, engine);
  if (reason === undefined) return null;
  return {
    pointer,
    message: reason,
    hint: say`do without it, or upgrade; if the host runs other versions than its release ships, set hosts.${host.name}.kernel or hosts.${host.name}.versions`,
  };
}

function sysctlProblems(cluster: Cluster, { director, placed }: PlacedDirector): Problem[] {
  const asked = Object.keys(director.sysctls).flatMap((key) =>
    use(`sysctl ${sysctlName(key)}`, sysctlPlace(placed, key)),
  );
  const masqueraded = cluster.services.find(isMasqueraded);
  const implied =
    masqueraded === undefined || Object.hasOwn(director.sysctls, "conntrack")
      ? []
      : use("sysctl conntrack", `${masqueraded.pointer}/nat/returnPath`);
  return [...asked, ...implied, ...announceSysctls(cluster, director)].flatMap(
    (each) => lacking(each, director, cluster.directors.engine) ?? [],
  );
}

/** What every director that announces has, unless the topology says otherwise. */
function announceSysctls({ directors }: Cluster, { sysctls }: Host): Use[] {
  if (directors.announce === null) return [];
  return (["sloppyTcp", "scheduleIcmp", "pmtuDisc"] as const)
    .filter((key) => !Object.hasOwn(sysctls, key))
    .flatMap((key) => use(`sysctl ${sysctlName(key)}`, pointerOf("directors", "announce")));
}

/** The kernel's name: expireNodestConn is expire_nodest_conn. */
function sysctlName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function directorsOf({ directors, hosts }: Cluster): Host[] {
  return directors.hosts.flatMap((name) => hosts.get(name) ?? []);
}

function isOnDirector(cluster: Cluster, server: RealServer): boolean {
  return directorsOf(cluster).some((director) => director.name === server.host && isLocal(director, server));
}

function tunnelPlace({ pointer }: RealServer): string {
  return `${pointer}/tunnel`;
}

function hostPlace({ pointer, host }: RealServer): string {
  return `${pointer}/${host === null ? "address" : "host"}`;
}
