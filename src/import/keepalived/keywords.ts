/** How blocks of keepalived.conf are read: a table of keywords for each kind of block. */

import { suggestion } from "../../base/suggest.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { Statement } from "./statements.ts";

/** Takes over what a statement says. */
export type Reader<D> = (draft: D, statement: Statement, notes: Notes) => void;

export interface Block<D> {
  readonly readers: Readonly<Record<string, Reader<D>>>;
  /** Keywords of keepalived that a topology has no place for. */
  readonly others: readonly string[];
  /** Beginnings of such keywords, where there are many. */
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

/** Reads a block's statements by its table; what the table does not have is noted. */
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
        `a topology has no place for ${shown(statement)}`,
        "do without, or keep it by hand",
      );
    } else {
      notes.notUnderstood(
        place,
        `${JSON.stringify(keyword)} is no keyword that is known here`,
        suggestion(keyword, [...Object.keys(readers), ...others], "known are"),
      );
    }
  }
}

/** What lvsgen writes itself, so that there is nothing to take over: with that value, or with any. */
export function ownWay<D>(value?: string): Reader<D> {
  return (_draft, statement, notes) => {
    const said = statement.words.map(({ text }) => text).join(" ");
    if (value === undefined || said === value) return;
    notes.changed(
      statement.place,
      `${shown(statement)}: lvsgen writes ${value === "" ? statement.keyword : `${statement.keyword} ${value}`}`,
      "nothing, if that will do",
    );
  };
}

export function shown({ keyword, words }: Statement): string {
  return [keyword, ...words.map(({ text }) => text)].join(" ").slice(0, 80);
}

/** The first word after the keyword; empty where there is none, which is noted. */
export function firstWord(statement: Statement, notes: Notes): string {
  const [word] = statement.words;
  if (word === undefined)
    notes.notUnderstood(statement.place, `${statement.keyword} has no value`, "add it, or take the line out");
  return word?.text ?? "";
}

/** A number of that range, or undefined, which is noted. */
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

/** An address, or null, which is noted. */
export function addressOf(text: string, statement: Statement, notes: Notes): string | null {
  const ip = canonicalIp(text);
  if (ip === null)
    notes.notUnderstood(
      statement.place,
      `${JSON.stringify(text)} is no IP address`,
      "write the address in figures",
    );
  return ip;
}

/** A port by its number or, as some write, by its service's name. */
export function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = namedPorts[text] ?? Number(text);
  return Number.isInteger(value) && value >= 0 && value <= 65535 ? value : null;
}

/** Of /etc/services, those that are balanced. */
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
