/** vrrp_strict, and strict_mode of an instance. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import { shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

/** Strict VRRP has keepalived drop all packets to its addresses, and refuses unicast peers (keepalived.conf(5)). */
export function leaveStrictOut(statement: Statement, notes: Notes): void {
  notes.leftOut(
    statement.place,
    say`${shown(statement)} is left out: with it keepalived drops every packet to a VIP, so that nobody reaches a service`,
    say`take it out of what runs today, too`,
  );
}
