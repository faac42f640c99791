/** Virtual services of two clusters, and their servers. */

import { listed } from "../base/counted.ts";
import { endpoint } from "../base/endpoint.ts";
import { phrase, say } from "../languages/say.ts";
import { checkWords } from "../render/keepalived-text.ts";
import { usesSetting } from "../rules/health-checks.ts";
import type { Cluster, RealServer, VirtualService } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";
import { withholds } from "./announce.ts";
import { type Aspects, type Change, changesBy, told } from "./change.ts";

/** Settings that IPVS changes in place: its connections point to servers, not to services. */
const kept = phrase`open connections stay where they are; new ones use the new setting`;
const checked = phrase`open connections stay; keepalived uses the new setting after its reload`;

/** Every field of a service. */
const serviceAspects: Aspects<VirtualService> = {
  name: {
    compare: told(phrase`name`, ({ name }) => name),
    connections: "none",
    effect: phrase`only comments and messages change`,
  },
  // Services are matched by these: see pairs().
  vip: null,
  family: null,
  port: null,
  protocol: null,
  pointer: null,
  realServers: null,
  sorryServer: null,
  mark: {
    compare: told(phrase`ports`, ({ mark }) =>
      mark === null ? say`none` : mark.ports.map((range) => portRangeText(range)).join(" "),
    ),
    connections: "at risk",
    effect: phrase`packets to a port without the mark are no longer balanced: connections there end`,
  },
  scheduler: {
    compare: told(phrase`scheduler`, ({ scheduler }) => scheduler),
    connections: "kept",
    effect: kept,
  },
  schedulerFlags: {
    compare: told(phrase`scheduler flags`, ({ schedulerFlags }) => schedulerFlags.join(",") || say`none`),
    connections: "kept",
    effect: kept,
  },
  persistence: {
    compare: told(phrase`persistence`, persistenceText),
    connections: "kept",
    effect: phrase`open connections stay; clients that come back may get another server`,
  },
  onePacket: {
    compare: told(phrase`one-packet scheduling`, ({ onePacket }) => (onePacket ? say`on` : say`off`)),
    connections: "kept",
    effect: kept,
  },
  returnPath: {
    compare: told(phrase`return path of nat answers`, ({ returnPath }) => returnPath),
    connections: "at risk",
    effect: phrase`answers change their path while servers and director are updated: apply it when few clients are connected`,
  },
  interfaces: {
    // Directors that join or leave are reported elsewhere.
    compare: (before, after) => {
      const moved = [...after.interfaces].filter(
        ([host, name]) => (before.interfaces.get(host) ?? name) !== name,
      );
      const words = moved.map(([host, name]) => say`${before.interfaces.get(host)} -> ${name} of ${host}`);
      return words.length === 0 ? null : say`interface of the VIP ${listed(words)}`;
    },
    connections: "at risk",
    effect: phrase`the VIP is unreachable for a moment, until its neighbours learn its new place`,
  },
  healthCheck: {
    compare: told(phrase`health check`, ({ healthCheck }) =>
      healthCheck === null ? say`none` : wholeCheck(healthCheck),
    ),
    connections: "kept",
    effect: phrase`open connections stay; keepalived uses the new setting after its reload, and a server that fails the new check gets no connections`,
  },
  quorum: {
    compare: told(phrase`quorum`, ({ quorum }) => `${quorum}`),
    connections: "kept",
    effect: checked,
  },
};

/** Every type of check has these. */
const times: readonly string[] = ["timeout", "retries", "delayBeforeRetry"];

/** Without the defaults of other types. */
function wholeCheck(check: NonNullable<VirtualService["healthCheck"]>): string {
  const {
    type,
    interval: _interval,
    port: _port,
    path: _path,
    command: _command,
    arguments: _arguments,
    ...rest
  } = check;
  const extras = Object.entries(rest).flatMap(([key, value]) =>
    value !== null && (times.includes(key) || usesSetting(type, key)) ? `${key} ${value}` : [],
  );
  return `${checkWords(check)} (${listed(extras)})`;
}

function persistenceText({ persistence }: VirtualService): string {
  if (persistence === null) return "none";
  const { timeout, prefix, engine } = persistence;
  return engine === null ? say`${timeout} s by /${prefix}` : say`${timeout} s by /${prefix} and ${engine}`;
}

/** Every field of a server. */
const serverAspects: Aspects<RealServer> = {
  host: {
    compare: told(phrase`host name`, ({ host }) => host ?? say`(not managed)`),
    connections: "none",
    effect: phrase`the address stays; another host gets scripts`,
  },
  // Servers are matched by these.
  address: null,
  port: null,
  pointer: null,
  // Reported as what it means: see below.
  weight: null,
  forwarding: {
    compare: told(phrase`forwarding`, ({ forwarding }) => forwarding),
    connections: "at risk",
    effect: phrase`open connections keep the old method while the server is still set up for it; new ones use the new method`,
  },
  tunnel: {
    compare: told(phrase`tunnel`, ({ tunnel }) =>
      tunnel.type === "gue" ? say`gue port ${tunnel.port}` : tunnel.type,
    ),
    connections: "at risk",
    effect: phrase`packets use the new tunnel at once: server and director must change together`,
  },
  upperThreshold: {
    compare: told(phrase`upper threshold`, ({ upperThreshold }) => `${upperThreshold}`),
    connections: "kept",
    effect: phrase`open connections stay, even above the threshold`,
  },
  lowerThreshold: {
    compare: told(phrase`lower threshold`, ({ lowerThreshold }) => `${lowerThreshold}`),
    connections: "kept",
    effect: phrase`open connections stay`,
  },
};

/** What identifies a service to IPVS: connections belong to that, whatever its name. */
function keyOf({ mark, family, vip, port, protocol }: VirtualService): string {
  return mark === null
    ? `${protocol} ${endpoint(vip, port)}`
    : say`firewall mark ${mark.value} of IPv${family} on ${vip}`;
}

export function compareServices(before: Cluster, after: Cluster): Change[] {
  const old = new Map(before.services.map((service) => [keyOf(service), service]));
  const now = new Map(after.services.map((service) => [keyOf(service), service]));
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, service]) => service);
  return [
    ...[...now].flatMap(([key, service]) => {
      const earlier = old.get(key);
      if (earlier !== undefined) return compareService(earlier, service, after);
      const moved = gone.find(({ name }) => name === service.name);
      const withheld = withholds(service, before, after);
      return [
        {
          subject: say`service ${service.name}`,
          what: moved === undefined ? say`added: ${key}` : say`moves from ${keyOf(moved)} to ${key}`,
          connections: withheld === null ? ("none" as const) : ("at risk" as const),
          effect:
            withheld ?? say`clients can connect as soon as its servers and then the director are set up`,
        },
      ];
    }),
    ...gone.map((service) => ({
      subject: say`service ${service.name}`,
      what: say`removed: ${keyOf(service)}`,
      connections: "ended" as const,
      effect: say`all its connections end, and no client can connect`,
    })),
  ];
}

function compareService(before: VirtualService, after: VirtualService, cluster: Cluster): Change[] {
  const subject = say`service ${after.name}`;
  return [
    ...changesBy(serviceAspects, subject, before, after),
    ...compareServers(before, after, cluster),
    ...compareSorry(before, after),
  ];
}

const serverKey = ({ address, port }: RealServer) => endpoint(address, port);
const shown = (server: RealServer) => [server.host ?? "", serverKey(server)].filter(Boolean).join(" ");

function compareServers(before: VirtualService, after: VirtualService, cluster: Cluster): Change[] {
  const subject = say`service ${after.name}`;
  const old = new Map(before.realServers.map((server) => [serverKey(server), server]));
  const now = new Map(after.realServers.map((server) => [serverKey(server), server]));
  const added = [...now].flatMap(([key, server]) => {
    const earlier = old.get(key);
    if (earlier !== undefined)
      return [
        ...weightChange(subject, earlier, server, after, cluster),
        ...changesBy(serverAspects, say`service ${after.name}, ${shown(server)}`, earlier, server),
      ];
    return [
      {
        subject,
        what: say`${shown(server)} added, ${server.forwarding}, weight ${server.weight}`,
        connections: "kept" as const,
        effect:
          server.weight === 0
            ? say`gets no connections yet`
            : say`open connections stay; it gets its share of new ones`,
      },
    ];
  });
  const removed = [...old.entries()]
    .filter(([key]) => !now.has(key))
    .map(([, server]) => removal(subject, server, cluster));
  return [...added, ...removed];
}

/** expire_nodest_conn on the directors (ipvs-sysctl). */
function removal(subject: string, server: RealServer, cluster: Cluster): Change {
  const expires = everyDirector(cluster, ({ expireNodestConn = true }) => expireNodestConn);
  return {
    subject,
    what: say`${shown(server)} removed`,
    connections: "ended",
    effect: expires
      ? say`its open connections end at the next packet (expire_nodest_conn); set weight 0 first, and wait, to let them finish`
      : say`packets of its open connections are dropped until they time out; set weight 0 first, and wait, to let them finish`,
  };
}

type Sysctls = NonNullable<ReturnType<Cluster["hosts"]["get"]>>["sysctls"];

function everyDirector({ directors, hosts }: Cluster, holds: (sysctls: Sysctls) => boolean): boolean {
  return directors.hosts.every((name) => holds(hosts.get(name)?.sysctls ?? {}));
}

function weightChange(
  subject: string,
  before: RealServer,
  after: RealServer,
  { persistence }: VirtualService,
  cluster: Cluster,
): Change[] {
  if (before.weight === after.weight) return [];
  const what = say`${shown(after)} weight ${before.weight} -> ${after.weight}`;
  if (after.weight > 0)
    return [
      {
        subject,
        what,
        connections: "kept",
        effect:
          before.weight === 0
            ? say`gets new connections again`
            : say`open connections stay; its share of new ones changes`,
      },
    ];
  const leaves = everyDirector(cluster, ({ expireQuiescentTemplate = true }) => expireQuiescentTemplate);
  const effect =
    persistence === null
      ? say`drains: open connections finish, new ones go elsewhere`
      : leaves
        ? say`drains: open connections finish, new ones go elsewhere; clients that return go to other servers, in spite of persistence (expire_quiescent_template)`
        : say`drains: open connections finish, new ones go elsewhere; clients that return still go to it until their persistence times out`;
  return [
    {
      subject,
      what,
      connections: "draining",
      effect,
    },
  ];
}

function compareSorry(
  { sorryServer: before }: VirtualService,
  { sorryServer: after, name }: VirtualService,
): Change[] {
  const text = (server: RealServer | null) =>
    server === null ? say`none` : `${shown(server)} ${server.forwarding}`;
  const what = told(phrase`sorry server`, text)(before, after);
  if (what === null) return [];
  const effect = say`only clients of a sorry server notice`;
  return [{ subject: say`service ${name}`, what, connections: "kept", effect }];
}
