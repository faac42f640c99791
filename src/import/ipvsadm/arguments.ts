/** The arguments of one ipvsadm call -> a command with options (ipvsadm(8)). */

import { say } from "../../languages/say.ts";
import type { Word } from "../place.ts";

export type Command =
  | "add-service"
  | "add-server"
  | "delete-service"
  | "delete-server"
  | "clear"
  | "set-timeouts"
  | "start-daemon"
  | "other";

interface OptionRow {
  /** Name in this program. */
  readonly key: string;
  readonly value: "none" | "one" | "optional";
  readonly command?: Command;
}

const none = (key: string): OptionRow => ({ key, value: "none" });
const one = (key: string): OptionRow => ({ key, value: "one" });
const command = (name: Command): OptionRow => ({ key: "", value: "none", command: name });

const adds = command("add-service");
const addsServer = command("add-server");
const edits = { ...adds, key: "edit" };
const editsServer = { ...addsServer, key: "edit" };
const others = command("other");

/** ipvsadm's own options, by both of their names. */
const table: Readonly<Record<string, OptionRow>> = {
  "-A": adds,
  "--add-service": adds,
  "-E": edits,
  "--edit-service": edits,
  "-a": addsServer,
  "--add-server": addsServer,
  "-e": editsServer,
  "--edit-server": editsServer,
  "--set": command("set-timeouts"),
  "--start-daemon": command("start-daemon"),
  "-D": command("delete-service"),
  "--delete-service": command("delete-service"),
  "-d": command("delete-server"),
  "--delete-server": command("delete-server"),
  "-C": command("clear"),
  "--clear": command("clear"),
  "-R": others,
  "--restore": others,
  "-S": others,
  "--save": others,
  "-L": others,
  "-l": others,
  "--list": others,
  "-Z": others,
  "--zero": others,
  "--stop-daemon": others,
  "-h": others,
  "--help": others,
  "-v": others,
  "--version": others,
  "-t": one("tcp"),
  "--tcp-service": one("tcp"),
  "-u": one("udp"),
  "--udp-service": one("udp"),
  "--sctp-service": one("sctp"),
  "-f": one("fwmark"),
  "--fwmark-service": one("fwmark"),
  "-6": none("ipv6"),
  "--ipv6": none("ipv6"),
  "-s": one("scheduler"),
  "--scheduler": one("scheduler"),
  "-p": { key: "persistent", value: "optional" },
  "--persistent": { key: "persistent", value: "optional" },
  "-M": one("netmask"),
  "--netmask": one("netmask"),
  "--pe": one("engine"),
  "-b": one("flags"),
  "--sched-flags": one("flags"),
  "-o": none("ops"),
  "--ops": none("ops"),
  "-r": one("server"),
  "--real-server": one("server"),
  "-g": none("dr"),
  "--gatewaying": none("dr"),
  "-i": none("tun"),
  "--ipip": none("tun"),
  "-m": none("nat"),
  "--masquerading": none("nat"),
  "-w": one("weight"),
  "--weight": one("weight"),
  "-x": one("upper"),
  "--u-threshold": one("upper"),
  "-y": one("lower"),
  "--l-threshold": one("lower"),
  "--tun-type": one("tun-type"),
  "--tun-port": one("tun-port"),
  "--tun-nocsum": none("tun-nocsum"),
  "--tun-csum": none("tun-csum"),
  "--tun-remcsum": none("tun-remcsum"),
  "-n": none("numeric"),
  "--numeric": none("numeric"),
  "--exact": none("exact"),
  "--stats": none("stats"),
  "--rate": none("rate"),
  "--timeout": none("timeout"),
  "--daemon": none("daemon"),
  "-c": none("connection"),
  "--connection": none("connection"),
  "--mcast-interface": one("interface"),
  "--syncid": one("syncid"),
  "--mcast-group": one("group"),
  "--mcast-port": one("port"),
  "--mcast-ttl": one("ttl"),
  "--sync-maxlen": one("maxlen"),
};

const rows: ReadonlyMap<string, OptionRow> = new Map(Object.entries(table));

/** Two options as `ipvsadm -Sn` of 1.26 (CentOS 6, Debian 8) prints them, which it cannot read itself. */
const olderSpelling: ReadonlyMap<string, string> = new Map([
  ["ops", "-o"],
  ["pe", "--pe"],
]);

export interface Call {
  readonly command: Command;
  /** -E and -e, of what is there already. */
  readonly edits: boolean;
  /** By the rows' keys; without a value it is empty. */
  readonly options: ReadonlyMap<string, string>;
  /** Words that are not options: of --set and --start-daemon. */
  readonly rest: readonly string[];
}

/** @returns the call, or what is wrong with it and where */
export function parseCall(words: readonly Word[]): Call | { readonly word: Word; readonly message: string } {
  const options = new Map<string, string>();
  const rest: string[] = [];
  let done: Command = "other";
  let isEdit = false;
  const queue = words.every(isPlain) ? words : words.flatMap(expand).map(respelled);
  for (let at = 0; at < queue.length; at++) {
    const word = queue[at] as Word;
    if (word.text.length < 2 || !word.text.startsWith("-")) {
      rest.push(word.text);
      continue;
    }
    const row = rows.get(word.text);
    if (row === undefined)
      return { word, message: say`unknown option ${JSON.stringify(word.text)} of ipvsadm` };
    if (row.command !== undefined) {
      done = row.command;
      isEdit = row.key === "edit";
      continue;
    }
    const next = queue[at + 1]?.text;
    const takes = row.value === "one" || (row.value === "optional" && /^\d+$/.test(next ?? ""));
    if (takes && next === undefined) return { word, message: say`${word.text} needs a value` };
    options.set(row.key, takes ? (next ?? "") : "");
    if (takes) at++;
  }
  return { command: done, edits: isEdit, options, rest };
}

/** Of a dump of 100 000 lines nearly all words are: a short option, or no option at all. */
function isPlain({ text }: Word): boolean {
  return text.startsWith("-") ? text.length === 2 : !olderSpelling.has(text);
}

function respelled(word: Word): Word {
  return { ...word, text: olderSpelling.get(word.text) ?? word.text };
}

/** `-At` is `-A -t`, `-w3` is `-w 3`, `--pe=sip` is `--pe sip`: getopt's ways of writing. */
function expand(word: Word): Word[] {
  const { text, place } = word;
  const long = /^(--[a-z-]+)=(.*)$/.exec(text);
  if (long !== null) return [long[1] ?? "", long[2] ?? ""].map((part) => ({ text: part, place }));
  if (!/^-[A-Za-z0-9]./.test(text)) return [word];
  const [first, rest] = [text.slice(0, 2), text.slice(2)];
  const row = rows.get(first);
  if (row === undefined) return [word];
  const tail = row.value === "none" ? expand({ text: `-${rest}`, place }) : [{ text: rest, place }];
  return [{ text: first, place }, ...tail];
}
