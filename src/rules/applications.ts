/** Rules about applications whose connections are not what a balancer takes them for, by their well-known ports. */

import { inLanguage, phrase, say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { VirtualService } from "../topology/model.ts";
import { allServers, isFtp } from "../topology/servers.ts";
import { isSpread } from "./is-spread.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** Seconds: IP_VS_TCP_S_ESTABLISHED, 15 minutes (net/netfilter/ipvs/ip_vs_proto_tcp.c). */
const kernelTcpTimeout = 900;

/** Seconds: TCP_KEEPALIVE_TIME, two hours (include/net/tcp.h; tcp_keepalive_time). */
const firstKeepalive = 7200;

/** TCP ports of programs that keep connections open while nothing is said (IANA's registry, and common use). */
const longLived: Readonly<Record<number, string>> = {
  22: "ssh",
  389: "LDAP",
  636: "LDAP",
  1433: "SQL Server",
  1521: "Oracle",
  1883: "MQTT",
  3306: "MySQL",
  3389: phrase`remote desktop`,
  4222: "NATS",
  5222: "XMPP",
  5432: "PostgreSQL",
  5671: "AMQP",
  5672: "AMQP",
  6379: "Redis",
  6432: "PgBouncer",
  8883: "MQTT",
  9092: "Kafka",
  11211: "memcached",
  27017: "MongoDB",
};

export const applicationRules: readonly Rule[] = [
  {
    code: "LVS195",
    name: "FTP opens connections that the service does not have",
    severity: "warning",
    explain: {
      what: `
        A TCP service has the port 21, FTP's commands, and nothing for the ports of its data.`,
      why: `
        Each listing and each file is a connection of its own, to a port that the server names in its answer. By dr and
        tun the client connects to that port of the VIP, where no service is: login works, and "ls" hangs. By nat the
        answer has the real server's address inside. There the director loads ip_vs_ftp and tracks connections, so that
        the kernel rewrites the answer and lets the data in; inside TLS (FTPS) it cannot read it.`,
      fix: `
        Make one firewall mark of 21 and the passive ports that the FTP servers are set to, with persistence, and have
        the servers name the VIP (pasv_address of vsftpd, PassivePorts and MasqueradeAddress of ProFTPD). Where clients
        do not encrypt, nat does without; as a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: ftp
            vip: 192.168.1.201
            port: 21
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: ftp
            vip: 192.168.1.201
            fwmark: 21
            ports: [21, 30000-30100]
            persistence: { timeout: 300 }
            realServers: [{ host: pi2 }]`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service): Problem[] => {
        const { mark, persistence, vip } = service;
        const staysTogether = persistence !== null || isByAddress(service);
        const isWhole = mark !== null && mark.ports.length > 1 && staysTogether;
        if (!isFtp(service) || isWhole || !isTold(service, ["persistence", "realServers"], intact)) return [];
        return [
          {
            pointer: portPlace(service),
            message: lostData(service),
            hint: isSpread(cluster)
              ? say`make a fwmark of 21 and the server's passive ports, with "schedulerFlags": ["mh-fallback"], and have servers name ${vip} as their address`
              : say`make a fwmark of 21 and the server's passive ports, with persistence, and have servers name ${vip} as their address`,
          },
        ];
      }),
  },
  {
    code: "LVS196",
    name: "a connection that is idle for a quarter of an hour is forgotten",
    severity: "warning",
    explain: {
      what: `
        A TCP service has the port of a database, a directory, a broker or another program that keeps idle connections,
        and timeouts.tcp is left out or below 7200 seconds.`,
      why: `
        IPVS forgets a connection that has been idle for 900 seconds, and both ends still have it. Linux sends its first
        keepalive after 7200 seconds. The next query of a pooled connection meets a director that knows nothing of it:
        it is reset, or goes to another server, which resets it, or it hangs until it times out. It works all day, and
        fails on quiet nights.`,
      fix: `
        Set timeouts.tcp to 7500, or net.ipv4.tcp_keepalive_time below 900 on clients or servers (and see that the
        program asks for keepalives). As a warning this does not stop rendering.`,
      wrong: `
        virtualServices:
          - name: db
            vip: 192.168.1.201
            port: 5432
            realServers: [{ host: pi2 }]`,
      right: `
        timeouts: { tcp: 7500 }
        virtualServices:
          - name: db
            vip: 192.168.1.201
            port: 5432
            realServers: [{ host: pi2 }]`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service): Problem[] => {
        const seconds = cluster.timeouts?.tcp ?? kernelTcpTimeout;
        const what = longLivedPort(service);
        if (what === null || seconds >= firstKeepalive || !intact("/timeouts")) return [];
        if (!isTold(service, [], intact)) return [];
        return [
          {
            pointer: portPlace(service),
            message: say`connections of ${service.name} (${inLanguage(what)}) that are idle for ${seconds} s are forgotten, and keepalives begin after ${firstKeepalive} s`,
            hint: say`set timeouts.tcp to 7500, or net.ipv4.tcp_keepalive_time below it on clients or servers`,
          },
        ];
      }),
  },
];

/** Whether all connections of a client go to one server, by its address alone. */
function isByAddress({ scheduler, schedulerFlags }: VirtualService): boolean {
  return ["mh", "sh"].includes(scheduler) && !schedulerFlags.includes(`${scheduler}-port`);
}

/** What becomes of FTP's data. */
function lostData(service: VirtualService): string {
  const { mark, vip, name } = service;
  if (mark !== null && mark.ports.length > 1)
    return say`data of ${name} goes over further connections, which without persistence go to other servers`;
  return allServers(service).every(({ forwarding }) => forwarding === "nat")
    ? say`data of ${name} goes over further connections, which the kernel sees through by nat (ip_vs_ftp), but not inside TLS`
    : say`data of ${name} goes over further connections, to ports of ${vip} that no service has`;
}

/** The program behind a service's port, or one of its mark's. */
function longLivedPort({ protocol, port, mark }: VirtualService): string | null {
  if (protocol !== "tcp") return null;
  const single =
    mark === null ? [port] : mark.ports.flatMap(({ first, last }) => (first === last ? first : []));
  return single.flatMap((each) => longLived[each] ?? [])[0] ?? null;
}

function portPlace({ mark, pointer }: VirtualService): string {
  return `${pointer}/${mark === null ? "port" : "ports"}`;
}

function isTold(
  { pointer }: VirtualService,
  keys: readonly string[],
  intact: RuleContext["intact"],
): boolean {
  return ["port", "ports", "fwmark", "protocol", ...keys].every((key) => intact(`${pointer}/${key}`));
}
