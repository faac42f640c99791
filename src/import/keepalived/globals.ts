/** global_defs of keepalived.conf. */

import { phrase, say } from "../../languages/say.ts";
import type { Directors } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import { type AnnouncementStatements, announcementReaders } from "./announcements.ts";
import {
  addressOf,
  defineBlock,
  firstWord,
  interfaceOf,
  numberOf,
  on,
  ownWay,
  type Reader,
  readBlock,
  shown,
} from "./keywords.ts";
import type { Statement } from "./statements.ts";
import { leaveStrictOut } from "./strict.ts";

export interface GlobalsDraft {
  routerId: string | null;
  emails: string[];
  mailFrom: string | null;
  smtpServer: string | null;
  /** Of the receivers. */
  mailPlace: Place | null;
  /** What says how mail goes out. */
  readonly mailing: Statement[];
  sync: GlobalSync | null;
  timeouts: { tcp?: number; tcpFin?: number; udp?: number };
  /** The VRRP version of all instances. */
  version: { readonly number: number; readonly statement: Statement } | null;
  readonly announcements: AnnouncementStatements;
  /** Who runs scripts that do not say it. */
  scriptUser: { readonly name: string; readonly statement: Statement } | null;
  /** What only clusters with services have. */
  readonly ofServices: Statement[];
}

export interface GlobalSync {
  readonly settings: NonNullable<Directors["connectionSync"]>;
  /** The instance that it follows; null: none. */
  readonly instance: string | null;
  readonly place: Place;
}

export function noGlobals(): GlobalsDraft {
  return {
    routerId: null,
    emails: [],
    mailFrom: null,
    smtpServer: null,
    mailPlace: null,
    mailing: [],
    sync: null,
    timeouts: {},
    version: null,
    announcements: {},
    scriptUser: null,
    ofServices: [],
  };
}

const email = /^[A-Za-z0-9_][A-Za-z0-9._+-]*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;

export function readGlobals(draft: GlobalsDraft, statement: Statement, notes: Notes): void {
  readBlock(draft, statement.block ?? [], block, notes);
}

const leaveStrictOutOf: Reader<GlobalsDraft> = (_draft, statement, notes) => leaveStrictOut(statement, notes);

const serverName = /^[A-Za-z0-9:][A-Za-z0-9.:-]{0,252}$/;

const block = defineBlock<GlobalsDraft>({
  name: "global_defs",
  repeated: ["notification_email"],
  first: ["lvs_sync_daemon"],
  readers: {
    router_id: (draft, statement, notes) => {
      draft.routerId = firstWord(statement, notes);
    },
    notification_email: (draft, statement, notes) => {
      draft.mailPlace = statement.place;
      for (const { keyword, words, place } of statement.block ?? []) {
        for (const address of [keyword, ...words.map(({ text }) => text)]) {
          if (email.test(address)) draft.emails.push(address);
          else notes.leftOut(place, say`${JSON.stringify(address)} is not a mail address`, say`correct it`);
        }
      }
    },
    notification_email_from: (draft, statement, notes) => {
      draft.mailing.push(statement);
      const address = firstWord(statement, notes);
      if (email.test(address)) draft.mailFrom = address;
      else
        notes.leftOut(
          statement.place,
          say`${JSON.stringify(address)} is not a mail address`,
          say`correct it`,
        );
    },
    smtp_server: (draft, statement, notes) => {
      draft.mailing.push(statement);
      const name = firstWord(statement, notes);
      if (serverName.test(name)) draft.smtpServer = name;
      else if (name !== "")
        notes.leftOut(statement.place, say`${JSON.stringify(name)} is not a mail server`, say`correct it`);
      const port = statement.words[1]?.text ?? "25";
      if (port !== "25")
        notes.leftOut(
          statement.place,
          say`a topology supports mail servers on port 25 only, not ${port}`,
          say`use one on port 25`,
        );
    },
    smtp_connect_timeout: ownWay(["30"], phrase`lvsgen writes 30`),
    smtp_alert: ownWay(on, phrase`lvsgen has all changes mailed where there is a notification`),
    enable_script_security: ownWay([""], phrase`lvsgen sets it where a check is a script`),
    script_user: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name !== "") draft.scriptUser = { name, statement };
    },
    vrrp_version: (draft, statement, notes) => {
      const number = numberOf(statement, notes, [2, 3]);
      if (number !== undefined) draft.version = { number, statement };
    },
    ...announcementReaders<GlobalsDraft>("vrrp_garp_master_"),
    vrrp_strict: leaveStrictOutOf,
    lvs_timeouts: (draft, statement, notes) => {
      const { words, place } = statement;
      draft.ofServices.push(statement);
      const names = { tcp: "tcp", tcpfin: "tcpFin", udp: "udp" } as const;
      for (let at = 0; at + 1 < words.length; at += 2) {
        const key = names[(words[at]?.text ?? "") as keyof typeof names];
        const seconds = Number(words[at + 1]?.text);
        const isRight = key !== undefined && Number.isInteger(seconds) && seconds <= 2678400;
        if (isRight && seconds > 0) draft.timeouts[key] = seconds;
        else if (seconds !== 0 || key === undefined)
          notes.notUnderstood(
            place,
            say`${words[at]?.text} ${words[at + 1]?.text}: not a timeout`,
            say`use tcp, tcpfin or udp, with seconds up to 2678400`,
          );
      }
    },
    lvs_sync_daemon: (draft, statement, notes) => {
      draft.ofServices.push(statement);
      draft.sync = readSync(statement, notes);
    },
  },
  weighty: [
    "net_namespace",
    "net_namespace_ipvs",
    "vrrp_mcast_group4",
    "vrrp_mcast_group6",
    "startup_script",
  ],
  others: [
    "default_interface",
    "no_email_faults",
    "use_pid_dir",
    "linkbeat_use_polling",
    "instance",
    "process_names",
  ],
  prefixes: [
    ...["vrrp_", "lvs_", "bfd_", "checker_", "dbus_", "snmp_", "enable_", "script_", "startup_", "shutdown_"],
    ...[
      "notify_",
      "process_",
      "smtp_",
      "net_namespace",
      "namespace_",
      "nftables",
      "max_auto",
      "reload_",
      "keep_",
    ],
    ...[
      "config_",
      "tmp_",
      "child_",
      "random_",
      "data_",
      "json_",
      "umask",
      "disable_",
      "rs_",
      "min_",
      "fifo_",
      "log_",
      "vmac_",
      "include_",
      "linkbeat_",
      "checkers_",
    ],
  ],
});

const syncSettings: Readonly<Record<string, { readonly key: string; readonly most: number } | undefined>> = {
  id: { key: "syncId", most: 255 },
  syncid: { key: "syncId", most: 255 },
  port: { key: "port", most: 65535 },
  ttl: { key: "ttl", most: 255 },
};

/** Zero is keepalived's without an instance. */
export function tellNoId({ place }: Pick<Statement, "place">, notes: Notes): void {
  notes.placeholder(
    place,
    "/directors/connectionSync/syncId",
    say`the id of the connection sync is 0 today: a topology has one from 1, and 1 is the placeholder`,
    say`use the same one on all directors`,
  );
}

/**
 * `IFACE [[inst] INSTANCE] [id N] [port N] [ttl N] [group ADDRESS] [maxlen N]`; older ones have the id alone. The
 * second word is an instance, whatever it is called.
 */
function readSync(statement: Statement, notes: Notes): GlobalSync | null {
  const [first = "", ...rest] = statement.words.map(({ text }) => text);
  const name = interfaceOf(first, statement, notes);
  if (name === null) return null;
  const sync: Record<string, unknown> & { interface: string } = { interface: name };
  let instance: string | null = null;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    const setting = syncSettings[word];
    const value = rest[at + 1] ?? "";
    if (setting !== undefined) {
      const one = { ...statement, words: statement.words.slice(at + 2) };
      const isId = setting.key === "syncId";
      const number = numberOf(one, notes, [isId ? 0 : 1, setting.most]);
      if (number === 0) tellNoId(statement, notes);
      if (number !== undefined) sync[setting.key] = Math.max(1, number);
      at++;
    } else if (word === "group") {
      const ip = addressOf(value, statement, notes);
      if (ip !== null) sync.group = ip;
      at++;
    } else if (/^\d+$/.test(word)) {
      const number = numberOf({ ...statement, words: statement.words.slice(at + 1) }, notes, [1, 255]);
      if (number !== undefined) sync.syncId = number;
    } else if (word === "inst") {
      instance = value;
      at++;
    } else if (at === 0) instance = word;
    else {
      notes.leftOut(
        statement.place,
        say`a topology does not support ${word} ${value} of ${shown(statement)}`,
        say`do without it`,
      );
      at++;
    }
  }
  return { settings: sync, instance, place: statement.place };
}
