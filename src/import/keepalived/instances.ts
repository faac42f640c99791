/** vrrp_instance of keepalived.conf. */

import { say } from "../../languages/say.ts";
import { canonicalIp, netmaskPrefix } from "../../topology/addresses.ts";
import { isCarrierOnly } from "../assemble/carriers.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, OwnAddress } from "../observed.ts";
import type { Place, Word } from "../place.ts";
import { type AnnouncementStatements, announcementReaders } from "./announcements.ts";
import { addressOf, defineBlock, firstWord, interfaceOf, numberOf, readBlock, shown } from "./keywords.ts";
import { notifyKeywords, notifyReaders } from "./notifies.ts";
import type { Statement } from "./statements.ts";
import { leaveStrictOut } from "./strict.ts";
import { type TrackUse, trackLists, trackReaders } from "./track-lists.ts";

export interface InstanceDraft {
  readonly name: string;
  readonly place: Place;
  interface: string | null;
  virtualRouterId: number | null;
  /** Of the id. */
  idPlace: Place | null;
  priority: { readonly number: number; readonly place: Place } | null;
  /** Its state at the beginning; null: none is given, which is BACKUP. */
  state: { readonly isMaster: boolean; readonly place: Place } | null;
  version: { readonly number: number; readonly statement: Statement } | null;
  readonly announcements: AnnouncementStatements;
  advertInterval: number | null;
  preempt: boolean;
  /** Where it says that it does not. */
  nopreempt: Place | null;
  preemptDelay: { readonly seconds: number; readonly place: Place } | null;
  source: OwnAddress | null;
  peers: OwnAddress[];
  password: string | null;
  /** Of the password. */
  passwordPlace: Place | null;
  addresses: CarriedAddress[];
  syncInterface: string | null;
  /** What it watches beside its own interface. */
  uses: TrackUse[];
  /** Programs that run at changes of state. */
  readonly notifies: Statement[];
  /** What says that changes are mailed. */
  readonly mailing: Statement[];
  /** Where it says that its own is not tracked. */
  untracked: Place | null;
}

const authentication = defineBlock<InstanceDraft>({
  name: "authentication",
  readers: {
    auth_type: (_draft, statement, notes) => {
      if (firstWord(statement, notes).toUpperCase() !== "PASS")
        notes.leftOut(
          statement.place,
          say`${shown(statement)}: a topology supports the type PASS only`,
          say`do without it`,
          { effect: "traffic" },
        );
    },
    auth_pass: (draft, statement, notes) => {
      draft.password = firstWord(statement, notes);
      draft.passwordPlace = statement.place;
    },
  },
});

const block = defineBlock<InstanceDraft>({
  name: "vrrp_instance",
  repeated: [...["unicast_peer", "virtual_ipaddress", "virtual_ipaddress_excluded"], ...trackLists],
  first: notifyKeywords,
  readers: {
    ...trackReaders<InstanceDraft>(),
    ...notifyReaders<InstanceDraft>(),
    ...announcementReaders<InstanceDraft>("garp_master_"),
    interface: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name !== "") draft.interface = interfaceOf(name, statement, notes);
    },
    virtual_router_id: (draft, statement, notes) => {
      draft.virtualRouterId = numberOf(statement, notes, [1, 255]) ?? null;
      draft.idPlace = statement.place;
    },
    priority: (draft, statement, notes) => {
      const number = numberOf(statement, notes, [1, 255]);
      if (number !== undefined) draft.priority = { number, place: statement.place };
    },
    state: (draft, statement, notes) => {
      const name = firstWord(statement, notes).toUpperCase();
      if (name === "MASTER" || name === "BACKUP")
        draft.state = { isMaster: name === "MASTER", place: statement.place };
      else if (name !== "")
        notes.notUnderstood(
          statement.place,
          say`${shown(statement)}: unknown state; keepalived uses BACKUP`,
          say`use MASTER or BACKUP`,
        );
    },
    advert_int: (draft, statement, notes) => {
      draft.advertInterval = numberOf(statement, notes, [0.01, 255]) ?? null;
    },
    preempt: (draft) => {
      draft.preempt = true;
      draft.nopreempt = null;
    },
    nopreempt: (draft, { place }) => {
      draft.preempt = false;
      draft.nopreempt = place;
    },
    preempt_delay: (draft, statement, notes) => {
      const seconds = numberOf(statement, notes, [0, 1000]);
      if (seconds !== undefined) draft.preemptDelay = { seconds, place: statement.place };
    },
    version: (draft, statement, notes) => {
      const number = numberOf(statement, notes, [2, 3]);
      if (number !== undefined) draft.version = { number, statement };
    },
    smtp_alert: (draft, statement) => {
      draft.mailing.push(statement);
    },
    authentication: (draft, statement, notes) =>
      readBlock(draft, statement.block ?? [], authentication, notes),
    unicast_src_ip: (draft, statement, notes) => {
      const ip = addressOf(firstWord(statement, notes), statement, notes);
      if (ip !== null) draft.source = { ip, prefix: null, interface: null, place: statement.place };
    },
    unicast_peer: (draft, statement, notes) => {
      for (const entry of statement.block ?? []) {
        const ip = addressOf(entry.keyword, entry, notes);
        const isKnown = draft.peers.some((peer) => peer.ip === ip);
        if (isKnown) notes.changed(entry.place, say`the peer ${ip} is given again`, say`remove one of them`);
        else if (ip !== null) draft.peers.push({ ip, prefix: null, interface: null, place: entry.place });
        if (entry.words.length > 0)
          notes.leftOut(
            entry.place,
            say`a topology does not support ${shown(entry)}: only the address`,
            say`do without`,
          );
      }
    },
    virtual_ipaddress: readAddresses,
    virtual_ipaddress_excluded: readAddresses,
    dont_track_primary: (draft, { place }) => {
      draft.untracked = place;
    },
    strict_mode: (_draft, statement, notes) => {
      if (!/^(off|false|no)$/.test(statement.words[0]?.text ?? "")) leaveStrictOut(statement, notes);
    },
    lvs_sync_daemon_interface: (draft, statement, notes) => {
      const name = firstWord(statement, notes);
      if (name !== "") draft.syncInterface = interfaceOf(name, statement, notes);
    },
  },
  weighty: [
    ...["no_accept", "use_vmac", "use_ipvlan", "virtual_routes", "virtual_rules", "mcast_dst_ip"],
    ...["track_bfd", "track_src_ip", "down_timer_adverts"],
  ],
  others: [
    ...["native_ipv6", "accept", "debug"],
    ...["vmac_xmit_base", "promote_secondaries", "skip_check_adv_addr", "kernel_rx_buf_size"],
    ...["linkbeat_use_polling", "old_unicast_checksum", "check_unicast_src"],
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
    "use_vmac_",
  ],
});

export function readInstance(statement: Statement, notes: Notes): InstanceDraft {
  const draft: InstanceDraft = {
    name: statement.words[0]?.text ?? "",
    place: statement.place,
    interface: null,
    virtualRouterId: null,
    idPlace: null,
    priority: null,
    state: null,
    version: null,
    announcements: {},
    advertInterval: null,
    // keepalived's own.
    preempt: true,
    nopreempt: null,
    preemptDelay: null,
    source: null,
    peers: [],
    password: null,
    passwordPlace: null,
    addresses: [],
    syncInterface: null,
    uses: [],
    notifies: [],
    mailing: [],
    untracked: null,
  };
  readBlock(draft, statement.block ?? [], block, notes);
  return completed(draft, notes);
}

/** Settings of the instance apply to its addresses too, before and after them. */
function completed(draft: InstanceDraft, notes: Notes): InstanceDraft {
  const here = <A extends OwnAddress>(address: A): A => ({
    ...address,
    interface: address.interface ?? draft.interface,
  });
  for (const { ip, interface: name, place } of draft.addresses)
    if (name !== null && draft.interface !== null && isCarrierOnly(name) && !isCarrierOnly(draft.interface))
      notes.changed(
        place,
        say`${ip} was on ${name}; lvsgen has it on ${draft.interface}`,
        say`no change is needed if clients' packets come in there`,
        { effect: "traffic" },
      );
  return {
    ...draft,
    ...preemption(draft, notes),
    source: draft.source === null ? null : here(draft.source),
    peers: draft.peers.filter(({ ip }) => ip !== draft.source?.ip).map(here),
    addresses: draft.addresses.map((address) => ({
      ...here(isCarrierOnly(address.interface) ? { ...address, interface: null } : address),
      virtualRouterId: draft.virtualRouterId,
      instance: draft.name,
    })),
  };
}

/** Both settings are for an instance that begins as BACKUP: keepalived clears them otherwise. */
function preemption(
  { name, state, nopreempt, preemptDelay, preempt }: InstanceDraft,
  notes: Notes,
): Pick<InstanceDraft, "preempt" | "preemptDelay"> {
  const isMaster = state?.isMaster ?? false;
  if (isMaster && nopreempt !== null)
    notes.changed(
      nopreempt,
      say`nopreempt has no effect with state MASTER: ${name} takes over again, and so it does in the topology`,
      say`set directors.vrrp.preempt to false if it should not`,
      { effect: "traffic" },
    );
  const isIdle = isMaster || !preempt;
  if (preemptDelay !== null && isIdle)
    notes.leftOut(
      preemptDelay.place,
      isMaster
        ? say`preempt_delay ${preemptDelay.seconds} has no effect with state MASTER`
        : say`preempt_delay ${preemptDelay.seconds} has no effect with nopreempt`,
      say`no change is needed`,
    );
  return { preempt: preempt || isMaster, preemptDelay: isIdle ? null : preemptDelay };
}

function readAddresses(draft: InstanceDraft, statement: Statement, notes: Notes): void {
  for (const entry of statement.block ?? []) {
    // One line may hold several.
    let words: Word[] = [{ text: entry.keyword, place: entry.place }, ...entry.words];
    while (words.length > 0) {
      const next = words.findIndex(
        ({ text }, at) =>
          at > 0 && canonicalIp(text.replace(/\/.*$/, "")) !== null && !takesValue(words[at - 1]),
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
    if (word === "dev") name = interfaceOf(value, entry, notes);
    else if (takesValue(rest[at]))
      notes.changed(
        entry.place,
        say`${word} ${value} of ${ip} is left out: lvsgen's address needs none`,
        say`no change is needed`,
      );
    else notes.leftOut(entry.place, say`a topology does not support ${word} of ${ip}`, say`do without it`);
    if (takesValue(rest[at])) at++;
  }
  const whole = ip.includes(":") ? 128 : 32;
  const prefix = bits === undefined ? null : (netmaskPrefix(bits) ?? Number(bits));
  const isPrefix = prefix === null || (Number.isInteger(prefix) && prefix >= 0 && prefix <= whole);
  if (!isPrefix)
    notes.notUnderstood(
      entry.place,
      say`${first.text}: not a prefix length`,
      say`use one from 0 to ${whole}`,
    );
  draft.addresses.push({
    ip,
    prefix: isPrefix ? prefix : null,
    interface: name,
    virtualRouterId: null,
    place: first.place,
  });
}
