/** The keywords of a virtual_server. */

import { phrase, say } from "../../languages/say.ts";
import type { Protocol } from "../../topology/model.ts";
import type { Place } from "../place.ts";
import { type Timing, timingReaders, virtualHostReader } from "./checks.ts";
import { addressOf, defineBlock, firstWord, numberOf, on, ownWay, type Reader, shown } from "./keywords.ts";
import { type Method, readMethod, serverPort, weightOf } from "./methods.ts";
import type { Statement } from "./statements.ts";

export interface ServiceDraft extends Timing {
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
export const persistenceDefault = 360;

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

export interface Flag {
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

export const serviceBlock = defineBlock<ServiceDraft>({
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
          say`unknown scheduler ${JSON.stringify(name)}: keepalived uses wlc, and so does the topology`,
          say`set the scheduler that you meant`,
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
        notes.notUnderstood(
          statement.place,
          say`${shown(statement)}: unknown protocol`,
          say`use TCP, UDP or SCTP`,
        );
    },
    ip_family: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name === "inet" || name === "inet6") draft.family = statement;
      else
        notes.notUnderstood(
          statement.place,
          say`${shown(statement)}: unknown family`,
          say`use inet or inet6`,
        );
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
        notes.leftOut(
          statement.place,
          say`${shown(statement)}: a topology supports sip only`,
          say`do without it`,
          {
            effect: "traffic",
          },
        );
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
    smtp_alert: ownWay(on, phrase`lvsgen has all changes mailed where there is a notification`),
  },
  others: ["omega", "nat_mask", "snmp_name", "hashed"],
  weighty: [
    ...["flag-3", "ha_suspend", "hysteresis", "quorum_up", "quorum_down", "sorry_server_inhibit"],
    ...["inhibit_on_failure", "failover_threshold", "failover_up", "failover_down", "backup_real_server"],
  ],
});

export function newService(): ServiceDraft {
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
