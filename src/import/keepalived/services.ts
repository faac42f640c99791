/** virtual_server, real_server and virtual_server_group of keepalived.conf. */

import { canonicalIp, familyOf, netmaskPrefix } from "../../topology/addresses.ts";
import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Forwarding, Protocol, TunnelType } from "../../topology/model.ts";
import type { Lost, Notes } from "../notes.ts";
import type { ObservedServer, ObservedService, Persistence, Selector } from "../observed.ts";
import type { Place } from "../place.ts";
import { addressRange } from "../ranges.ts";
import {
  checkKeywords,
  isCheck,
  isTiming,
  readCheck,
  type Timing,
  timingReaders,
  virtualHostReader,
} from "./checks.ts";
import {
  addressOf,
  currentName,
  defineBlock,
  firstWord,
  lostIn,
  numberOf,
  on,
  ownWay,
  portOf,
  type Reader,
  readBlock,
  shown,
} from "./keywords.ts";
import { knownIn } from "./levels.ts";
import type { Statement } from "./statements.ts";

interface Method {
  readonly forwarding: Forwarding;
  readonly tunnel: { readonly type: TunnelType; readonly port: number | null } | null;
}

interface ServiceDraft extends Timing {
  scheduler: string;
  flags: Flag[];
  method: Method;
  protocol: Protocol | null;
  /** ip_family. */
  family: Statement | null;
  onePacket: Place | null;
  persistenceTimeout: number | null;
  granularity: { readonly mask: string; readonly statement: Statement } | null;
  engine: "sip" | null;
  quorum: { readonly count: number; readonly place: Place } | null;
  /** What servers have that say nothing themselves. */
  weight: number;
  sorry: { readonly address: string; readonly port: number | null; readonly place: Place } | null;
  sorryMethod: Method | null;
  /** Read after the settings that they inherit. */
  servers: Statement[];
}

/** Seconds of a persistence_timeout without a number (keepalived.conf(5)). */
const persistenceDefault = 360;

const schedulers = [
  "rr",
  "wrr",
  "lc",
  "wlc",
  "lblc",
  "lblcr",
  "dh",
  "sh",
  "sed",
  "nq",
  "fo",
  "ovf",
  "mh",
  "twos",
];

interface Flag {
  /** Empty: any, as flag-1 and flag-2 have no scheduler's name. */
  readonly scheduler: string;
  readonly name: "fallback" | "port";
  readonly place: Place;
}

const flag: Reader<ServiceDraft> = (draft, { keyword, place }) => {
  const [scheduler = "", name = ""] = keyword.split("-");
  draft.flags.push({ scheduler, name: name as Flag["name"], place });
};

/** The meaning of ipvsadm's flag-1 and flag-2 depends on the scheduler (ip_vs_sh.c, ip_vs_mh.c). */
const numbered =
  (which: "fallback" | "port"): Reader<ServiceDraft> =>
  (draft, { place }) => {
    draft.flags.push({ scheduler: "", name: which, place });
  };

const serviceBlock = defineBlock<ServiceDraft>({
  name: "virtual_server",
  repeated: ["real_server"],
  readers: {
    ...timingReaders<ServiceDraft>(),
    virtualhost: virtualHostReader(),
    lvs_sched: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (schedulers.includes(name)) draft.scheduler = name;
      else
        notes.changed(
          statement.place,
          `unknown scheduler ${JSON.stringify(name)}: keepalived uses wlc, and so does the topology`,
          "set the scheduler that you meant",
          { effect: "traffic" },
        );
    },
    "sh-port": flag,
    "sh-fallback": flag,
    "mh-port": flag,
    "mh-fallback": flag,
    "flag-1": numbered("fallback"),
    "flag-2": numbered("port"),
    ops: (draft, { place }) => {
      draft.onePacket = place;
    },
    lvs_method: (draft, statement, notes) => {
      draft.method = readMethod(statement, notes) ?? draft.method;
    },
    protocol: (draft, statement, notes) => {
      const name = firstWord(statement, notes).toLowerCase();
      if (name === "tcp" || name === "udp" || name === "sctp") draft.protocol = name;
      else
        notes.notUnderstood(statement.place, `${shown(statement)}: unknown protocol`, "use TCP, UDP or SCTP");
    },
    ip_family: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name === "inet" || name === "inet6") draft.family = statement;
      else notes.notUnderstood(statement.place, `${shown(statement)}: unknown family`, "use inet or inet6");
    },
    persistence_timeout: (draft, statement, notes) => {
      draft.persistenceTimeout =
        statement.words.length === 0
          ? persistenceDefault
          : (numberOf(statement, notes, [0, 2678400]) ?? null);
      // 0 is none.
      if (draft.persistenceTimeout === 0) draft.persistenceTimeout = null;
    },
    persistence_granularity: (draft, statement, notes) => {
      const mask = firstWord(statement, notes);
      if (mask !== "") draft.granularity = { mask, statement };
    },
    persistence_engine: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name === "sip") draft.engine = name;
      else
        notes.leftOut(statement.place, `${shown(statement)}: a topology supports sip only`, "do without it", {
          effect: "traffic",
        });
    },
    quorum: (draft, statement, notes) => {
      const count = numberOf(statement, notes, [1, 4294967295]);
      if (count !== undefined) draft.quorum = { count, place: statement.place };
    },
    weight: (draft, statement, notes) => {
      draft.weight = weightOf(statement, notes) ?? draft.weight;
    },
    sorry_server: (draft, statement, notes) => {
      const address = addressOf(firstWord(statement, notes), statement, notes);
      if (address !== null)
        draft.sorry = { address, port: serverPort(statement, notes), place: statement.place };
    },
    sorry_server_lvs_method: (draft, statement, notes) => {
      draft.sorryMethod = readMethod(statement, notes);
    },
    real_server: (draft, statement) => {
      draft.servers.push(statement);
    },
    smtp_alert: ownWay(on, "lvsgen has all changes mailed where there is a notification"),
  },
  others: ["omega", "nat_mask", "snmp_name", "hashed"],
  weighty: [
    ...["flag-3", "ha_suspend", "hysteresis", "quorum_up", "quorum_down", "sorry_server_inhibit"],
    ...["inhibit_on_failure", "failover_threshold", "failover_up", "failover_down"],
  ],
});

interface ServerDraft extends Timing {
  weight: number;
  upperThreshold: number;
  lowerThreshold: number;
  method: Method;
}

function threshold(key: "upperThreshold" | "lowerThreshold"): Reader<ServerDraft> {
  return (draft, statement, notes) => {
    draft[key] = numberOf(statement, notes, [0, 65535]) ?? 0;
  };
}

const serverBlock = defineBlock<ServerDraft>({
  name: "real_server",
  readers: {
    ...timingReaders<ServerDraft>(),
    virtualhost: virtualHostReader(),
    weight: (draft, statement, notes) => {
      draft.weight = weightOf(statement, notes) ?? draft.weight;
    },
    uthreshold: threshold("upperThreshold"),
    lthreshold: threshold("lowerThreshold"),
    lvs_method: (draft, statement, notes) => {
      draft.method = readMethod(statement, notes) ?? draft.method;
    },
    smtp_alert: ownWay(on, "lvsgen has all changes mailed where there is a notification"),
  },
  others: ["snmp_name"],
  weighty: ["inhibit_on_failure", "notify_up", "notify_down"],
});

knownIn("real_server", checkKeywords);

/** IPVS takes more, and a topology what ipvsadm takes. */
function weightOf(statement: Statement, notes: Notes): number | undefined {
  const [most, known] = [65535, 2147483647];
  const weight = numberOf(statement, notes, [0, known]);
  if (weight === undefined || weight <= most) return weight;
  notes.changed(
    statement.place,
    `${shown(statement)} becomes ${most}, the most that a topology supports`,
    "divide the weights of all servers by the same number",
    { effect: "traffic" },
  );
  return most;
}

/** The port after an address; null for none, and with a note for what is not a port. */
function serverPort(statement: Statement, notes: Notes): number | null {
  const [, word] = statement.words;
  const port = portOf(word?.text);
  if (word !== undefined && port === null)
    notes.notUnderstood(
      statement.place,
      `${shown(statement)}: not a port; the topology has the service's`,
      "use a number from 1 to 65535",
    );
  return port;
}

function readMethod(statement: Statement, notes: Notes): Method | null {
  const [name = "", ...rest] = statement.words.map(({ text }) => text);
  const forwarding = { DR: "dr", NAT: "nat", TUN: "tun" }[name.toUpperCase()] as Forwarding | undefined;
  if (forwarding === undefined) {
    notes.notUnderstood(
      statement.place,
      /^(FULL|F)NAT$/i.test(name)
        ? `${shown(statement)}: Linux's IPVS has no such method, only DPVS does; nat is the placeholder`
        : `${shown(statement)}: unknown method; keepalived uses NAT, and so does the topology`,
      "use DR, NAT or TUN",
    );
    return null;
  }
  if (name !== name.toUpperCase())
    notes.changed(
      statement.place,
      `${shown(statement)}: keepalived knows ${name.toUpperCase()} in capitals only, and uses NAT; the topology has ${forwarding}`,
      "set forwarding to what you meant",
      { effect: "traffic" },
    );
  if (forwarding !== "tun" || rest.length === 0) return { forwarding, tunnel: null };
  const type = rest[rest.indexOf("type") + 1];
  const port = rest.includes("port") ? portOf(rest[rest.indexOf("port") + 1]) : null;
  const checksum = rest.find((word) => ["nocsum", "csum", "remcsum"].includes(word));
  if (checksum !== undefined && checksum !== "nocsum")
    notes.leftOut(statement.place, `a topology does not support ${checksum} of tunnels`, "do without it");
  if (type === "gue" || type === "gre" || type === "ipip") return { forwarding, tunnel: { type, port } };
  notes.notUnderstood(statement.place, `${shown(statement)}: unknown tunnel type`, "use ipip, gue or gre");
  return { forwarding, tunnel: null };
}

/** A virtual_server as services: one, or one for each entry of its group. */
export function readService(
  statement: Statement,
  groups: ReadonlyMap<string, Statement>,
  notes: Notes,
): ObservedService[] {
  const draft = newService();
  const block = statement.block ?? [];
  readBlock(draft, block, serviceBlock, notes);
  const isInet6 = draft.family?.words[0]?.text === "inet6";
  const family = isInet6 || draft.servers[0]?.words[0]?.text.includes(":") ? 6 : 4;
  const selectors = selectorsOf(statement, groups, { protocol: protocolOf(draft), family }, notes);
  const [first] = selectors;
  if (first === undefined) return [];
  const seen = uniqueServers(
    draft.servers.flatMap((server) => readServer(server, draft, selectors.length, notes) ?? []),
    notes,
  );
  const servers = ofFamily(seen, familyOfSelector(first.selector), selectors.length, notes);
  tellTiming(
    block,
    draft.servers,
    servers.flatMap(({ check }) => check ?? []),
    notes,
  );
  if (draft.family !== null && first.selector.kind === "port")
    notes.leftOut(
      draft.family.place,
      `${shown(draft.family)} has no effect beside an address`,
      "no change is needed",
    );
  const { sorry, method, scheduler } = draft;
  const settings = {
    ...(draft.protocol === null && first.selector.kind === "port" ? { unsaidProtocol: "udp" as const } : {}),
    scheduler,
    schedulerFlags: flagsOf(draft, notes),
    persistence: persistenceOf(draft, first.selector, statement, notes),
    onePacket: onePacketOf(draft, first.selector, notes),
    servers,
    quorum: quorumOf(draft, servers, notes),
    sorryServer:
      sorry === null
        ? null
        : { ...sorry, ...(draft.sorryMethod ?? method), weight: 1, upperThreshold: 0, lowerThreshold: 0 },
    place: statement.place,
  };
  return selectors.map(({ name, selector }) => ({ ...settings, name, selector }));
}

function newService(): ServiceDraft {
  return {
    // keepalived's own: wlc for a scheduler that is missing, and NAT for the method (keepalived.conf(5)).
    scheduler: "wlc",
    flags: [],
    method: { forwarding: "nat", tunnel: null },
    protocol: null,
    family: null,
    onePacket: null,
    persistenceTimeout: null,
    granularity: null,
    engine: null,
    quorum: null,
    weight: 1,
    sorry: null,
    sorryMethod: null,
    servers: [],
  };
}

/** keepalived 2 uses UDP where none is given; most who forget it mean TCP. */
function protocolOf({ protocol, onePacket, engine, servers }: ServiceDraft): Protocol {
  if (protocol !== null) return protocol;
  const asksByUdp = servers.some(({ block }) =>
    block?.some(({ keyword }) => keyword === "UDP_CHECK" || keyword === "DNS_CHECK"),
  );
  return onePacket !== null || engine !== null || asksByUdp ? "udp" : "tcp";
}

function familyOfSelector(selector: Selector): 4 | 6 {
  return selector.kind === "mark" ? selector.family : familyOf(selector.vip);
}

/** keepalived removes the second of two. */
function uniqueServers(servers: readonly ObservedServer[], notes: Notes): ObservedServer[] {
  const byPlace = new Map<string, ObservedServer>();
  for (const server of servers) {
    const key = `${server.address} ${server.port}`;
    const first = byPlace.get(key);
    if (first === undefined) byPlace.set(key, server);
    else
      notes.changed(
        server.place,
        `the real server ${server.address} is given again: keepalived uses the first one, of line ${first.place.line}, and so does the topology`,
        "remove one of them",
        { effect: "traffic" },
      );
  }
  return [...byPlace.values()];
}

/** Only tunnels take packets of one family to servers of the other. */
function ofFamily(
  servers: readonly ObservedServer[],
  family: 4 | 6,
  services: number,
  notes: Notes,
): ObservedServer[] {
  return servers.filter(({ address, forwarding, place }) => {
    const isRight = forwarding === "tun" || familyOf(address) === family;
    if (!isRight)
      notes.leftOut(
        place,
        `${address} is of another family than its service: keepalived ignores it`,
        "remove it, or use tun",
        { lost: { servers: services } },
      );
    return isRight;
  });
}

/** What only checks use has no effect where there is none, or where all say it themselves. */
function tellTiming(
  block: readonly Statement[],
  below: readonly Statement[],
  checks: readonly HealthCheck[],
  notes: Notes,
): void {
  const hasPages = checks.some(({ type }) => type === "http" || type === "https");
  for (const statement of block) {
    const isOfPages = statement.keyword === "virtualhost";
    if (!isOfPages && !isTiming(statement.keyword)) continue;
    const isUsed = isOfPages ? hasPages : checks.length > 0;
    if (isUsed && !below.every((each) => saysItself(each, statement.keyword))) continue;
    notes.leftOut(
      statement.place,
      isUsed
        ? `${shown(statement)} has no effect: what is checked has its own`
        : `${shown(statement)} has no effect without a check${isOfPages ? " of a page" : ""}`,
      "no change is needed",
    );
  }
}

/** A server or a check that needs no default for the keyword. */
function saysItself({ keyword, block }: Statement, setting: string): boolean {
  const inside = block ?? [];
  if (inside.some((each) => currentName(each.keyword) === currentName(setting))) return true;
  const parts = inside.filter((each) => isCheck(each.keyword) || each.keyword === "url");
  const isAsked = keyword === "real_server" || (setting === "virtualhost" && parts.length > 0);
  return isAsked && parts.every((each) => saysItself(each, setting));
}

/** keepalived ignores flags of other schedulers. */
function flagsOf({ flags, scheduler }: ServiceDraft, notes: Notes): string[] {
  const known = scheduler === "sh" || scheduler === "mh" ? scheduler : null;
  const kept = flags.filter((each) => {
    const isKept = known !== null && (each.scheduler === "" || each.scheduler === known);
    if (!isKept)
      notes.notUnderstood(
        each.place,
        `${each.scheduler === "" ? "the flag" : `${each.scheduler}-${each.name}`} has no meaning for ${scheduler}: keepalived ignores it`,
        known === null ? "remove it, or use sh or mh" : `use ${known}-${each.name}`,
      );
    return isKept;
  });
  return [...new Set(kept.map(({ name }) => `${known}-${name}`))];
}

function persistenceOf(
  { persistenceTimeout, granularity, engine }: ServiceDraft,
  selector: Selector,
  statement: Statement,
  notes: Notes,
): Persistence | null {
  const netmask = granularity === null ? null : maskOf(granularity, familyOfSelector(selector), notes);
  const needsIt = selector.kind === "port" && selector.port === 0;
  if (persistenceTimeout === null && netmask === null && engine === null) {
    if (!needsIt) return null;
    notes.changed(
      statement.place,
      `${shown(statement)} is for all ports: keepalived makes it persistent, for ${persistenceDefault} s`,
      "set persistence.timeout, or a port",
      { effect: "traffic" },
    );
  }
  return { timeout: persistenceTimeout ?? persistenceDefault, netmask, engine };
}

/** keepalived needs a netmask for IPv4, and a prefix length for IPv6. */
function maskOf(
  { mask, statement }: NonNullable<ServiceDraft["granularity"]>,
  family: 4 | 6,
  notes: Notes,
): string | null {
  const isNumber = /^\d+$/.test(mask) && Number(mask) >= 1;
  const isRight =
    family === 6
      ? isNumber && Number(mask) <= 128
      : isNumber
        ? Number(mask) <= 32
        : netmaskPrefix(mask) !== null;
  if (isRight && mask !== "0.0.0.0") return mask;
  notes.notUnderstood(
    statement.place,
    `${shown(statement)}: not a ${family === 6 ? "prefix length" : "netmask"}; keepalived ignores it, and each address is a client`,
    "correct it, or set persistence.netmask in the topology",
  );
  return null;
}

/** It is for UDP alone: keepalived resets it otherwise. */
function onePacketOf(draft: ServiceDraft, selector: Selector, notes: Notes): boolean {
  if (draft.onePacket === null) return false;
  if (selector.kind === "mark" || protocolOf(draft) === "udp") return true;
  notes.leftOut(draft.onePacket, "ops is for UDP alone: keepalived ignores it", "remove it", {
    effect: "traffic",
  });
  return false;
}

/** keepalived reduces what the servers cannot reach. */
function quorumOf({ quorum }: ServiceDraft, servers: readonly ObservedServer[], notes: Notes): number | null {
  if (quorum === null) return null;
  const most = Math.max(
    1,
    servers.reduce((sum, { weight }) => sum + weight, 0),
  );
  if (quorum.count <= most) return quorum.count;
  notes.changed(
    quorum.place,
    `quorum ${quorum.count} is more than all servers weigh together: keepalived reduces it to ${most}, and so does the topology`,
    "correct the quorum or the weights",
    { effect: "traffic" },
  );
  return most;
}

/** @param services how many have it */
function readServer(
  statement: Statement,
  service: ServiceDraft,
  services: number,
  notes: Notes,
): ObservedServer | null {
  const name = firstWord(statement, notes);
  const address = canonicalIp(name);
  if (address === null) {
    if (name !== "")
      notes.notUnderstood(
        statement.place,
        `${JSON.stringify(name)} is not an IP address`,
        "use a numeric address",
        {
          lost: { servers: services },
        },
      );
    return null;
  }
  const draft: ServerDraft = {
    ...timingOf(service),
    weight: service.weight,
    upperThreshold: 0,
    lowerThreshold: 0,
    method: service.method,
  };
  const block = statement.block ?? [];
  const isOwn = ({ keyword }: Statement) => isCheck(keyword);
  readBlock(
    draft,
    block.filter((each) => !isOwn(each)),
    serverBlock,
    notes,
  );
  const checks = block
    .filter(isOwn)
    .flatMap((each) => readCheck(each, timingOf(draft), address, notes) ?? []);
  if (checks.length > 1)
    notes.leftOut(
      statement.place,
      `a topology has one check for a service: the first of ${checks.length} is used`,
      "choose the check that detects most faults",
      { effect: "traffic" },
    );
  const { weight, upperThreshold, lowerThreshold, method } = draft;
  const port = serverPort(statement, notes);
  const check: HealthCheck | null = checks[0] ?? null;
  const server = { address, port, weight, upperThreshold, lowerThreshold, ...method, check };
  tellTiming(block, block.filter(isOwn), checks, notes);
  return { ...server, place: statement.place };
}

function timingOf({ interval, timeout, retries, delayBeforeRetry, virtualHost }: Timing): Timing {
  const values = { interval, timeout, retries, delayBeforeRetry, virtualHost };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Timing;
}

interface Named {
  readonly name: string | null;
  readonly selector: Selector;
}

interface Nature {
  readonly protocol: Protocol;
  readonly family: 4 | 6;
}

function selectorsOf(
  statement: Statement,
  groups: ReadonlyMap<string, Statement>,
  nature: Nature,
  notes: Notes,
): Named[] {
  const [first, second] = statement.words.map(({ text }) => text);
  if (first !== "group")
    return entrySelectors([first ?? "", second], statement, nature, notes).map((selector) => ({
      name: null,
      selector,
    }));
  const group = groups.get(second ?? "");
  if (group === undefined) {
    notes.notUnderstood(
      statement.place,
      `unknown virtual_server_group ${JSON.stringify(second ?? "")}: its service is ignored`,
      "use one of the groups",
      { lost: lostIn(statement) },
    );
    return [];
  }
  const entries = (group.block ?? []).flatMap((entry) =>
    entrySelectors([entry.keyword, entry.words[0]?.text], entry, nature, notes),
  );
  if (entries.length === 0)
    notes.leftOut(statement.place, `${shown(statement)}: the group has no entry`, "add one", {
      lost: lostIn(statement),
    });
  return entries.map((selector) => ({ name: second ?? null, selector }));
}

/** `ADDRESS [PORT]`, `RANGE [PORT]` or `fwmark NUMBER`. */
function entrySelectors(
  [first, second]: readonly [string, string | undefined],
  statement: Statement,
  { protocol, family }: Nature,
  notes: Notes,
): Selector[] {
  if (first === "fwmark") {
    const value = Number(second);
    if (Number.isInteger(value) && value >= 1 && value <= 4294967295)
      return [{ kind: "mark", value, family, protocol }];
    notes.notUnderstood(
      statement.place,
      `${shown(statement)}: not a firewall mark`,
      "use a number from 1 to 4294967295",
      { lost: lostAt(statement) },
    );
    return [];
  }
  const vips = addressRange(first);
  const port = second === undefined ? 0 : portOf(second);
  if (vips === null || port === null) {
    notes.notUnderstood(
      statement.place,
      `${shown(statement)}: not an address (or at most 256 of them) with a port`,
      "use numeric addresses and ports",
      { lost: lostAt(statement) },
    );
    return [];
  }
  return vips.map((vip) => ({ kind: "port", vip, port, protocol }));
}

/** A group's entry is a service too. */
function lostAt(statement: Statement): Lost {
  return { ...lostIn(statement), services: 1 };
}
