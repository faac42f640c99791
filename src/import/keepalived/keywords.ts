/** Reads blocks of keepalived.conf: a table of keywords for each kind of block. */

import { suggestion } from "../../base/suggest.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { Statement } from "./statements.ts";

/** Imports a statement. */
export type Reader<D> = (draft: D, statement: Statement, notes: Notes) => void;

export interface Block<D> {
  readonly readers: Readonly<Record<string, Reader<D>>>;
  /** Keywords of keepalived that a topology does not support. */
  readonly others: readonly string[];
  /** Beginnings of such keywords, if there are many. */
  readonly prefixes?: readonly string[];
}

/** Old spellings (keepalived's ChangeLog), and the present ones. */
const renamed: Readonly<Record<string, string>> = {
  lb_algo: "lvs_sched",
  lb_kind: "lvs_method",
  nb_get_retry: "retry",
  nb_sock_retry: "retry",
  lvs_id: "router_id",
  lvs_sync_daemon_inteface: "lvs_sync_daemon_interface",
  mcast_src_ip: "unicast_src_ip",
};

/** Reads a block's statements by its table, and notes what the table does not have. */
export function readBlock<D>(
  draft: D,
  statements: readonly Statement[],
  { readers, others, prefixes = [] }: Block<D>,
  notes: Notes,
): void {
  for (const statement of statements) {
    const { keyword, place } = statement;
    const name = renamed[keyword] ?? keyword;
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader !== undefined) reader(draft, statement, notes);
    else if (others.includes(name) || prefixes.some((prefix) => name.startsWith(prefix))) {
      notes.leftOut(
        place,
        `a topology does not support ${shown(statement)}`,
        "do without it, or keep it by hand",
      );
    } else {
      notes.notUnderstood(
        place,
        `unknown keyword ${JSON.stringify(keyword)}`,
        suggestion(keyword, [...Object.keys(readers), ...others], "the keywords here are"),
      );
    }
  }
}

/** A setting that lvsgen writes itself, with that value or with any: nothing is imported. */
export function ownWay<D>(value?: string): Reader<D> {
  return (_draft, statement, notes) => {
    const said = statement.words.map(({ text }) => text).join(" ");
    if (value === undefined || said === value) return;
    notes.changed(
      statement.place,
      `${shown(statement)}: lvsgen writes ${value === "" ? statement.keyword : `${statement.keyword} ${value}`}`,
      "no change is needed if that is right",
    );
  };
}

export function shown({ keyword, words }: Statement): string {
  return [keyword, ...words.map(({ text }) => text)].join(" ").slice(0, 80);
}

/** The first word after the keyword; empty, with a note, if there is none. */
export function firstWord(statement: Statement, notes: Notes): string {
  const [word] = statement.words;
  if (word === undefined)
    notes.notUnderstood(statement.place, `${statement.keyword} has no value`, "add it, or remove the line");
  return word?.text ?? "";
}

/** A number of that range, or undefined with a note. */
export function numberOf(
  statement: Statement,
  notes: Notes,
  [least, most]: readonly [number, number],
): number | undefined {
  const text = firstWord(statement, notes);
  const value = Number(text);
  if (text !== "" && Number.isFinite(value) && value >= least && value <= most) return value;
  if (text !== "")
    notes.notUnderstood(
      statement.place,
      `${shown(statement)}: not a number from ${least} to ${most}`,
      "correct it, or set it in the topology by hand",
    );
  return undefined;
}

/** An address, or null with a note. */
export function addressOf(text: string, statement: Statement, notes: Notes): string | null {
  const ip = canonicalIp(text);
  if (ip === null)
    notes.notUnderstood(
      statement.place,
      `${JSON.stringify(text)} is not an IP address`,
      "use a numeric address",
    );
  return ip;
}

/** A port by its number or, as some write, by its service's name. */
export function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = namedPorts[text] ?? Number(text);
  return Number.isInteger(value) && value >= 0 && value <= 65535 ? value : null;
}

/** Ports of /etc/services that clusters balance. */
const namedPorts: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  smtp: 25,
  domain: 53,
  http: 80,
  pop3: 110,
  imap: 143,
  imap2: 143,
  ldap: 389,
  https: 443,
  ldaps: 636,
  imaps: 993,
  pop3s: 995,
  mysql: 3306,
  postgresql: 5432,
};
