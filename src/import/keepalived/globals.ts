/** global_defs of keepalived.conf. */

import type { Directors } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import { type Block, firstWord, numberOf, ownWay, type Reader, readBlock, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";
import { leaveStrictOut } from "./strict.ts";

export interface GlobalsDraft {
  routerId: string | null;
  emails: string[];
  mailFrom: string | null;
  smtpServer: string | null;
  mailPlace: Place | null;
  sync: Directors["connectionSync"] | null;
  timeouts: { tcp?: number; tcpFin?: number; udp?: number };
}

export function noGlobals(): GlobalsDraft {
  return {
    routerId: null,
    emails: [],
    mailFrom: null,
    smtpServer: null,
    mailPlace: null,
    sync: null,
    timeouts: {},
  };
}

const email = /^[A-Za-z0-9_][A-Za-z0-9._+-]*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;

export function readGlobals(draft: GlobalsDraft, statement: Statement, notes: Notes): void {
  readBlock(draft, statement.block ?? [], block, notes);
}

const leaveStrictOutOf: Reader<GlobalsDraft> = (_draft, statement, notes) => leaveStrictOut(statement, notes);

const block: Block<GlobalsDraft> = {
  readers: {
    router_id: (draft, statement, notes) => {
      draft.routerId = firstWord(statement, notes);
    },
    notification_email: (draft, statement, notes) => {
      draft.mailPlace = statement.place;
      for (const { keyword, words, place } of statement.block ?? []) {
        for (const address of [keyword, ...words.map(({ text }) => text)]) {
          if (email.test(address)) draft.emails.push(address);
          else notes.leftOut(place, `${JSON.stringify(address)} is not a mail address`, "correct it");
        }
      }
    },
    notification_email_from: (draft, statement, notes) => {
      const address = firstWord(statement, notes);
      if (email.test(address)) draft.mailFrom = address;
      else notes.leftOut(statement.place, `${JSON.stringify(address)} is not a mail address`, "correct it");
    },
    smtp_server: (draft, statement, notes) => {
      draft.smtpServer = firstWord(statement, notes);
      const port = statement.words[1]?.text ?? "25";
      if (port !== "25")
        notes.leftOut(
          statement.place,
          `a topology supports mail servers on port 25 only, not ${port}`,
          "use one on port 25",
        );
    },
    smtp_connect_timeout: ownWay("30"),
    smtp_alert: ownWay(),
    enable_script_security: ownWay(),
    script_user: ownWay("root"),
    vrrp_strict: leaveStrictOutOf,
    lvs_timeouts: (draft, { words, place }, notes) => {
      const names = { tcp: "tcp", tcpfin: "tcpFin", udp: "udp" } as const;
      for (let at = 0; at + 1 < words.length; at += 2) {
        const key = names[(words[at]?.text ?? "") as keyof typeof names];
        const seconds = Number(words[at + 1]?.text);
        if (key !== undefined && Number.isInteger(seconds) && seconds > 0) draft.timeouts[key] = seconds;
        else if (seconds !== 0)
          notes.notUnderstood(
            place,
            `unknown timeout ${JSON.stringify(words[at]?.text ?? "")}`,
            "use tcp, tcpfin or udp",
          );
      }
    },
    lvs_sync_daemon: (draft, statement, notes) => {
      draft.sync = readSync(statement, notes) ?? draft.sync;
    },
  },
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
    ],
  ],
};

const syncSettings: Readonly<Record<string, { readonly key: string; readonly most: number } | undefined>> = {
  id: { key: "syncId", most: 255 },
  syncid: { key: "syncId", most: 255 },
  port: { key: "port", most: 65535 },
  ttl: { key: "ttl", most: 255 },
};

/** `IFACE [inst] INSTANCE [id N] [port N] [ttl N] [group ADDRESS] [maxlen N]`; older ones have the id alone. */
function readSync(statement: Statement, notes: Notes): GlobalsDraft["sync"] {
  const words = statement.words.map(({ text }) => text);
  const [name, ...rest] = words;
  if (name === undefined) return null;
  const sync: Record<string, unknown> & { interface: string } = { interface: name };
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    const setting = syncSettings[word];
    const value = rest[at + 1] ?? "";
    if (setting !== undefined) {
      const number = numberOf({ ...statement, words: statement.words.slice(at + 2) }, notes, [
        1,
        setting.most,
      ]);
      if (number !== undefined) sync[setting.key] = number;
      at++;
    } else if (word === "group") {
      sync.group = value;
      at++;
    } else if (/^\d+$/.test(word)) sync.syncId = Number(word);
    else if (word === "inst") at++;
    else if (at > 0) {
      notes.leftOut(
        statement.place,
        `a topology does not support ${word} ${value} of ${shown(statement)}`,
        "do without it",
      );
      at++;
    }
  }
  return sync as GlobalsDraft["sync"];
}
