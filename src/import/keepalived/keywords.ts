/** Reads blocks of keepalived.conf: a table of keywords for each kind of block. */

import { suggestion } from "../../base/suggest.ts";
import { inLanguage, say } from "../../languages/say.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { Lost, Notes } from "../notes.ts";
import { blocksOf, knownIn } from "./levels.ts";
import type { Statement } from "./statements.ts";

/** Imports a statement. */
export type Reader<D> = (draft: D, statement: Statement, notes: Notes) => void;

export interface Block<D> {
  /** As notes name it. */
  readonly name: string;
  readonly readers: Readonly<Record<string, Reader<D>>>;
  /** Keywords of keepalived that a topology does not support; packets go the same way without. */
  readonly others?: readonly string[];
  /** Such keywords that change where packets go, who answers, or which server works. */
  readonly weighty?: readonly string[];
  /** Beginnings of keywords that a topology does not support, if there are many. */
  readonly prefixes?: readonly string[];
  /** What may be given several times, and adds up; of anything else keepalived uses the last. */
  readonly repeated?: readonly string[];
  /** Of what it uses the first. */
  readonly first?: readonly string[];
}

export function defineBlock<D>(block: Block<D>): Block<D> {
  knownIn(block.name, keywordsOf(block));
  return block;
}

function keywordsOf<D>({ readers, others = [], weighty = [] }: Block<D>): string[] {
  return [...Object.keys(readers), ...others, ...weighty];
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

/** A keyword in its present spelling. */
export function currentName(keyword: string): string {
  return Object.hasOwn(renamed, keyword) ? (renamed[keyword] ?? keyword) : keyword;
}

/** Reads a block's statements by its table, and notes what the table does not have. */
export function readBlock<D>(
  draft: D,
  statements: readonly Statement[],
  block: Block<D>,
  notes: Notes,
): void {
  const { readers, repeated = [], first = [] } = block;
  const given = new Set<string>();
  for (const statement of statements) {
    const name = currentName(statement.keyword);
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader === undefined) {
      leaveOut(statement, name, block, notes);
      continue;
    }
    const isRepeated = given.has(name) && !repeated.includes(name);
    if (isRepeated) tellRepeated(statement, first.includes(name) ? "first" : "last", notes);
    given.add(name);
    if (!isRepeated || !first.includes(name)) reader(draft, statement, notes);
  }
}

function tellRepeated(statement: Statement, used: "first" | "last", notes: Notes): void {
  notes.changed(
    statement.place,
    used === "first"
      ? say`${statement.keyword} is given again: keepalived uses the first one, and so does the topology`
      : say`${statement.keyword} is given again: keepalived uses the last one, and so does the topology`,
    say`remove the others`,
  );
}

function leaveOut<D>(statement: Statement, name: string, block: Block<D>, notes: Notes): void {
  const { keyword, place } = statement;
  const { others = [], weighty = [], prefixes = [] } = block;
  const isWeighty = weighty.includes(name);
  if (isWeighty || others.includes(name) || prefixes.some((prefix) => name.startsWith(prefix))) {
    tellUnsupported(statement, isWeighty, notes);
    return;
  }
  const known = blocksOf(name);
  const homes = known.filter((home) => home !== block.name);
  const [home = "", ...more] = homes.slice(0, 3).map(inLanguage);
  const where = more.reduce((before, other) => say`${before} or ${other}`, home);
  const old = Object.keys(renamed).filter((each) => block.readers[renamed[each] ?? ""] !== undefined);
  notes.notUnderstood(
    place,
    known.length === 0
      ? say`unknown keyword ${JSON.stringify(keyword)}`
      : homes.length === 0
        ? say`${keyword} belongs in another check, not in this one: keepalived ignores it there`
        : say`${keyword} belongs in ${where}, not in ${inLanguage(block.name)}: keepalived ignores it there`,
    known.length === 0
      ? suggestion(keyword, [...new Set([...keywordsOf(block), ...old])], say`the keywords here are`)
      : say`move it, or remove it`,
    { lost: lostIn(statement) },
  );
}

/** What directors that announce a VIP by BGP mostly have: lvsgen writes them itself for directors.announce. */
const announcing: ReadonlySet<string> = new Set(["quorum_up", "quorum_down", "inhibit_on_failure"]);

/** For what a topology does not have. */
export function tellUnsupported(statement: Statement, isWeighty: boolean, notes: Notes): void {
  notes.leftOut(
    statement.place,
    say`a topology does not support ${shown(statement)}`,
    announcing.has(statement.keyword)
      ? say`add directors.announce if it is there to announce the VIP by BGP; else do without it, or keep it by hand`
      : say`do without it, or keep it by hand`,
    isWeighty ? { effect: "traffic", lost: lostIn(statement) } : {},
  );
}

/** What goes with a block that nobody reads. */
export function lostIn({ keyword, block }: Statement): Omit<Lost, "addresses"> {
  const inside = (block ?? []).map(lostIn);
  const isServer = keyword === "real_server" || keyword === "backup_real_server";
  const servers = inside.reduce((sum, lost) => sum + lost.servers, isServer ? 1 : 0);
  const services = inside.reduce((sum, lost) => sum + lost.services, keyword === "virtual_server" ? 1 : 0);
  return { services, servers };
}

/**
 * A setting that lvsgen decides itself: nothing is imported.
 *
 * @param same what lvsgen writes, or what has the same effect, as words after the keyword
 * @param instead what it does otherwise: a phrase
 */
export function ownWay<D>(same: readonly string[], instead: string): Reader<D> {
  return (_draft, statement, notes) => {
    const said = statement.words.map(({ text }) => text).join(" ");
    if (same.includes(said)) return;
    notes.changed(
      statement.place,
      say`${shown(statement)}: ${inLanguage(instead)}`,
      say`no change is needed if that is right`,
    );
  };
}

/** A switch that is on, in each of its spellings. */
export const on: readonly string[] = ["", "on", "true", "yes"];

/** The statement's line, without its secret if it has one. */
export function shown({ keyword, words }: Statement): string {
  if (/pass|secret/.test(keyword)) return keyword;
  return [keyword, ...words.map(({ text }) => text)].join(" ").slice(0, 80);
}

const interfaceName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/;

/** An interface without its label (`eth0:1` is eth0), or null with a note. */
export function interfaceOf(text: string, { place }: Statement, notes: Notes): string | null {
  const [name = "", label] = text.split(":");
  if (!interfaceName.test(name)) {
    notes.notUnderstood(place, say`${JSON.stringify(text)} is not the name of an interface`, say`correct it`);
    return null;
  }
  if (label !== undefined)
    notes.changed(place, say`${text} becomes ${name}: a label is not an interface`, say`no change is needed`);
  return name;
}

/** The first word after the keyword; empty, with a note, if there is none. */
export function firstWord(statement: Statement, notes: Notes): string {
  const [word] = statement.words;
  if (word === undefined)
    notes.notUnderstood(
      statement.place,
      say`${statement.keyword} has no value`,
      say`add it, or remove the line`,
    );
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
      say`${shown(statement)}: not a number from ${least} to ${most}`,
      say`correct it, or set it in the topology by hand`,
    );
  return undefined;
}

/** An address, or null with a note. */
export function addressOf(text: string, statement: Statement, notes: Notes): string | null {
  const ip = canonicalIp(text);
  if (ip === null)
    notes.notUnderstood(
      statement.place,
      say`${JSON.stringify(text)} is not an IP address`,
      say`use a numeric address`,
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
