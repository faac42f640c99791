/** virtual_server, real_server and virtual_server_group of keepalived.conf. */

import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Forwarding, Protocol, TunnelType } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer, ObservedService, Persistence, Selector } from "../observed.ts";
import type { Place } from "../place.ts";
import { addressRange } from "../ranges.ts";
import { isCheck, readCheck, type Timing, timingReaders } from "./checks.ts";
import {
  addressOf,
  type Block,
  firstWord,
  numberOf,
  ownWay,
  portOf,
  type Reader,
  readBlock,
  shown,
} from "./keywords.ts";
import type { Statement } from "./statements.ts";

interface Method {
  readonly forwarding: Forwarding;
  readonly tunnel: { readonly type: TunnelType; readonly port: number | null } | null;
}

interface ServiceDraft extends Timing {
  scheduler: string;
  schedulerFlags: string[];
  method: Method;
  protocol: Protocol | null;
  inet6: boolean;
  onePacket: boolean;
  persistenceTimeout: number | null;
  granularity: string | null;
  engine: "sip" | null;
  quorum: number | null;
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

const flag: Reader<ServiceDraft> = (draft, { keyword }) => {
  draft.schedulerFlags.push(keyword);
};

/** The meaning of ipvsadm's flag-1 and flag-2 depends on the scheduler (ip_vs_sh.c, ip_vs_mh.c). */
const numbered =
  (which: "fallback" | "port"): Reader<ServiceDraft> =>
  (draft) => {
    draft.schedulerFlags.push(which);
  };

const serviceBlock: Block<ServiceDraft> = {
  readers: {
    ...timingReaders<ServiceDraft>(),
    lvs_sched: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (schedulers.includes(name)) draft.scheduler = name;
      else
        notes.changed(
          statement.place,
          `unknown scheduler ${JSON.stringify(name)}: keepalived uses wlc, and so does the topology`,
          "set the scheduler that you meant",
        );
    },
    "sh-port": flag,
    "sh-fallback": flag,
    "mh-port": flag,
    "mh-fallback": flag,
    "flag-1": numbered("fallback"),
    "flag-2": numbered("port"),
    ops: (draft) => {
      draft.onePacket = true;
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
      draft.inet6 = firstWord(statement, notes) === "inet6";
    },
    persistence_timeout: (draft, statement, notes) => {
      draft.persistenceTimeout =
        statement.words.length === 0
          ? persistenceDefault
          : (numberOf(statement, notes, [0, 2678400]) ?? persistenceDefault);
      // 0 is none.
      if (draft.persistenceTimeout === 0) draft.persistenceTimeout = null;
    },
    persistence_granularity: (draft, statement, notes) => {
      draft.granularity = firstWord(statement, notes);
    },
    persistence_engine: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name === "sip") draft.engine = name;
      else
        notes.leftOut(statement.place, `${shown(statement)}: a topology supports sip only`, "do without it");
    },
    quorum: (draft, statement, notes) => {
      draft.quorum = numberOf(statement, notes, [1, 4294967295]) ?? null;
    },
    sorry_server: (draft, statement, notes) => {
      const address = addressOf(firstWord(statement, notes), statement, notes);
      const port = portOf(statement.words[1]?.text);
      if (address !== null) draft.sorry = { address, port, place: statement.place };
    },
    sorry_server_lvs_method: (draft, statement, notes) => {
      draft.sorryMethod = readMethod(statement, notes);
    },
    real_server: (draft, statement) => {
      draft.servers.push(statement);
    },
    smtp_alert: ownWay(),
  },
  others: [
    ...["flag-3", "ha_suspend", "omega", "hysteresis", "quorum_up", "quorum_down", "sorry_server_inhibit"],
    ...["inhibit_on_failure", "nat_mask", "snmp_name", "hashed", "weight", "bind_if"],
  ],
};

interface ServerDraft extends Timing {
  weight: number;
  upperThreshold: number;
  lowerThreshold: number;
  method: Method;
  checks: Statement[];
}

function threshold(key: "upperThreshold" | "lowerThreshold"): Reader<ServerDraft> {
  return (draft, statement, notes) => {
    draft[key] = numberOf(statement, notes, [0, 65535]) ?? 0;
  };
}

const serverBlock: Block<ServerDraft> = {
  readers: {
    ...timingReaders<ServerDraft>(),
    weight: (draft, statement, notes) => {
      draft.weight = numberOf(statement, notes, [0, 65535]) ?? 1;
    },
    uthreshold: threshold("upperThreshold"),
    lthreshold: threshold("lowerThreshold"),
    lvs_method: (draft, statement, notes) => {
      draft.method = readMethod(statement, notes) ?? draft.method;
    },
    smtp_alert: ownWay(),
  },
  others: ["inhibit_on_failure", "notify_up", "notify_down", "snmp_name"],
};

function readMethod(statement: Statement, notes: Notes): Method | null {
  const [name = "", ...rest] = statement.words.map(({ text }) => text);
  const forwarding = { DR: "dr", NAT: "nat", TUN: "tun" }[name.toUpperCase()] as Forwarding | undefined;
  if (forwarding === undefined) {
    notes.notUnderstood(statement.place, `${shown(statement)}: unknown method`, "use DR, NAT or TUN");
    return null;
  }
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
  const draft: ServiceDraft = {
    // keepalived's own: wlc for a scheduler that is missing, and NAT for the method (keepalived.conf(5)).
    scheduler: "wlc",
    schedulerFlags: [],
    method: { forwarding: "nat", tunnel: null },
    protocol: null,
    inet6: false,
    onePacket: false,
    persistenceTimeout: null,
    granularity: null,
    engine: null,
    quorum: null,
    sorry: null,
    sorryMethod: null,
    servers: [],
  };
  readBlock(draft, statement.block ?? [], serviceBlock, notes);
  const servers = draft.servers.flatMap((server) => readServer(server, draft, notes) ?? []);
  const { sorry, method, scheduler } = draft;
  const settings = {
    scheduler,
    schedulerFlags: draft.schedulerFlags.map((name) =>
      /^(port|fallback)$/.test(name) ? `${scheduler}-${name}` : name,
    ),
    persistence: persistenceOf(draft),
    onePacket: draft.onePacket,
    servers,
    quorum: draft.quorum,
    sorryServer:
      sorry === null
        ? null
        : { ...sorry, ...(draft.sorryMethod ?? method), weight: 1, upperThreshold: 0, lowerThreshold: 0 },
    place: statement.place,
  };
  const family = draft.inet6 || servers[0]?.address.includes(":") ? 6 : 4;
  const selectors = selectorsOf(statement, groups, { protocol: draft.protocol ?? "tcp", family }, notes);
  return selectors.map(({ name, selector }) => ({ ...settings, name, selector }));
}

function persistenceOf({ persistenceTimeout, granularity, engine }: ServiceDraft): Persistence | null {
  if (persistenceTimeout === null && granularity === null && engine === null) return null;
  return { timeout: persistenceTimeout ?? persistenceDefault, netmask: granularity, engine };
}

function readServer(statement: Statement, service: ServiceDraft, notes: Notes): ObservedServer | null {
  const address = addressOf(firstWord(statement, notes), statement, notes);
  if (address === null) return null;
  const { interval, timeout, retries, delayBeforeRetry, virtualHost } = service;
  const inherited = { interval, timeout, retries, delayBeforeRetry, virtualHost };
  const draft: ServerDraft = {
    ...(withoutUndefined(inherited) as Timing),
    weight: 1,
    upperThreshold: 0,
    lowerThreshold: 0,
    method: service.method,
    checks: [],
  };
  const block = statement.block ?? [];
  const isOwn = ({ keyword }: Statement) => isCheck(keyword);
  readBlock(
    draft,
    block.filter((each) => !isOwn(each)),
    serverBlock,
    notes,
  );
  const port = portOf(statement.words[1]?.text);
  const checks = block
    .filter(isOwn)
    .flatMap((each) => readCheck(each, timingOf(draft), { address, port }, notes) ?? []);
  if (checks.length > 1)
    notes.leftOut(
      statement.place,
      `a topology has one check for a service: the first of ${checks.length} is used`,
      "choose the check that detects most faults",
    );
  const { weight, upperThreshold, lowerThreshold, method } = draft;
  const check: HealthCheck | null = checks[0] ?? null;
  return { address, port, weight, upperThreshold, lowerThreshold, ...method, check, place: statement.place };
}

function timingOf({ interval, timeout, retries, delayBeforeRetry, virtualHost }: Timing): Timing {
  return withoutUndefined({ interval, timeout, retries, delayBeforeRetry, virtualHost }) as Timing;
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
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
    );
    return [];
  }
  const entries = (group.block ?? []).flatMap((entry) =>
    entrySelectors([entry.keyword, entry.words[0]?.text], entry, nature, notes),
  );
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
    );
    return [];
  }
  return vips.map((vip) => ({ kind: "port", vip, port, protocol }));
}
