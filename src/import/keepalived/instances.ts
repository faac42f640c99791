/** vrrp_instance of keepalived.conf. */

import { canonicalIp } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, OwnAddress } from "../observed.ts";
import type { Place, Word } from "../place.ts";
import { addressOf, type Block, firstWord, numberOf, ownWay, readBlock, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

export interface InstanceDraft {
  readonly name: string;
  readonly place: Place;
  interface: string | null;
  virtualRouterId: number | null;
  priority: number | null;
  advertInterval: number | null;
  preempt: boolean;
  preemptDelay: { readonly seconds: number; readonly place: Place } | null;
  source: OwnAddress | null;
  peers: OwnAddress[];
  password: string | null;
  addresses: CarriedAddress[];
  syncInterface: string | null;
}

const authentication: Block<InstanceDraft> = {
  readers: {
    auth_type: (_draft, statement, notes) => {
      if (firstWord(statement, notes).toUpperCase() !== "PASS")
        notes.leftOut(
          statement.place,
          `${shown(statement)}: a topology supports the type PASS only`,
          "do without it",
        );
    },
    auth_pass: (draft, statement, notes) => {
      draft.password = firstWord(statement, notes);
    },
  },
  others: [],
};

const block: Block<InstanceDraft> = {
  readers: {
    interface: (draft, statement, notes) => {
      draft.interface = firstWord(statement, notes);
    },
    virtual_router_id: (draft, statement, notes) => {
      draft.virtualRouterId = numberOf(statement, notes, [1, 255]) ?? null;
    },
    // The order of directors decides the priorities; the other directors' are in their own files.
    priority: (draft, statement, notes) => {
      draft.priority = numberOf(statement, notes, [1, 255]) ?? null;
    },
    state: (_draft, statement, notes) => {
      if (firstWord(statement, notes).toUpperCase() === "MASTER")
        notes.changed(
          statement.place,
          "state MASTER: in a topology all directors begin as BACKUP, and the order of directors.hosts decides",
          "list the preferred master first",
        );
    },
    advert_int: (draft, statement, notes) => {
      draft.advertInterval = numberOf(statement, notes, [0.01, 255]) ?? null;
    },
    preempt: (draft) => {
      draft.preempt = true;
    },
    nopreempt: (draft) => {
      draft.preempt = false;
    },
    preempt_delay: (draft, statement, notes) => {
      const seconds = numberOf(statement, notes, [0, 1000]);
      if (seconds !== undefined) draft.preemptDelay = { seconds, place: statement.place };
    },
    // It follows from the addresses and the interval.
    version: ownWay(),
    garp_master_refresh: ownWay("60"),
    smtp_alert: ownWay(),
    authentication: (draft, statement, notes) =>
      readBlock(draft, statement.block ?? [], authentication, notes),
    unicast_src_ip: (draft, statement, notes) => {
      const ip = addressOf(firstWord(statement, notes), statement, notes);
      if (ip !== null) draft.source = { ip, prefix: null, interface: null, place: statement.place };
    },
    unicast_peer: (draft, statement, notes) => {
      for (const entry of statement.block ?? []) {
        const ip = addressOf(entry.keyword, entry, notes);
        if (ip !== null) draft.peers.push({ ip, prefix: null, interface: null, place: entry.place });
      }
    },
    virtual_ipaddress: readAddresses,
    virtual_ipaddress_excluded: readAddresses,
    lvs_sync_daemon_interface: (draft, statement, notes) => {
      draft.syncInterface = firstWord(statement, notes);
    },
  },
  others: [
    ...[
      "dont_track_primary",
      "native_ipv6",
      "accept",
      "no_accept",
      "debug",
      "strict_mode",
      "use_vmac",
      "use_ipvlan",
    ],
    ...["vmac_xmit_base", "promote_secondaries", "skip_check_adv_addr", "kernel_rx_buf_size"],
    ...[
      "virtual_routes",
      "virtual_rules",
      "linkbeat_use_polling",
      "old_unicast_checksum",
      "check_unicast_src",
    ],
  ],
  prefixes: [
    "garp_",
    "notify",
    "track_",
    "higher_prio",
    "lower_prio",
    "unicast_",
    "down_timer",
    "vmac_",
    "thread_",
  ],
};

export function readInstance(statement: Statement, notes: Notes): InstanceDraft {
  const draft: InstanceDraft = {
    name: statement.words[0]?.text ?? "",
    place: statement.place,
    interface: null,
    virtualRouterId: null,
    priority: null,
    advertInterval: null,
    // keepalived's own.
    preempt: true,
    preemptDelay: null,
    source: null,
    peers: [],
    password: null,
    addresses: [],
    syncInterface: null,
  };
  readBlock(draft, statement.block ?? [], block, notes);
  return completed(draft);
}

/** Settings of the instance apply to its addresses too, before and after them. */
function completed(draft: InstanceDraft): InstanceDraft {
  const here = <A extends OwnAddress>(address: A): A => ({
    ...address,
    interface: address.interface ?? draft.interface,
  });
  return {
    ...draft,
    source: draft.source === null ? null : here(draft.source),
    peers: draft.peers.map(here),
    addresses: draft.addresses.map((address) => ({
      ...here(address),
      virtualRouterId: draft.virtualRouterId,
    })),
  };
}

function readAddresses(draft: InstanceDraft, statement: Statement, notes: Notes): void {
  for (const entry of statement.block ?? []) {
    // One line may hold several.
    let words: Word[] = [{ text: entry.keyword, place: entry.place }, ...entry.words];
    while (words.length > 0) {
      const next = words.findIndex(
        ({ text }, at) =>
          at > 0 && canonicalIp(text.replace(/\/\d+$/, "")) !== null && !takesValue(words[at - 1]),
      );
      const one = next < 0 ? words : words.slice(0, next);
      readAddress(draft, one, entry, notes);
      words = next < 0 ? [] : words.slice(next);
    }
  }
}

function takesValue(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    ["dev", "brd", "broadcast", "peer", "label", "scope", "preferred_lft"].includes(word.text)
  );
}

/** `ADDRESS[/PREFIX] [brd A] [dev I] [scope S] [label L]`. */
function readAddress(draft: InstanceDraft, words: readonly Word[], entry: Statement, notes: Notes): void {
  const [first, ...rest] = words;
  if (first === undefined) return;
  const [text = "", bits] = first.text.split("/");
  const ip = addressOf(text, entry, notes);
  if (ip === null) return;
  let name: string | null = null;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]?.text ?? "";
    const value = rest[at + 1]?.text ?? "";
    if (word === "dev") name = value;
    // A /32 has no broadcast address; scope and label have no effect.
    else if (!["brd", "broadcast", "scope", "label"].includes(word))
      notes.leftOut(entry.place, `a topology does not support ${word} of ${ip}`, "do without it");
    if (takesValue(rest[at])) at++;
  }
  draft.addresses.push({
    ip,
    prefix: bits === undefined ? null : Number(bits),
    interface: name,
    virtualRouterId: null,
    place: first.place,
  });
}
