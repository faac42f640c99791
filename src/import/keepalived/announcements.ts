/** garp_master_delay and the like: how a new master announces its addresses. */

import { phrase, say } from "../../languages/say.ts";
import type { FloatingAddress } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import { numberOf, ownWay, type Reader, shown, tellUnsupported } from "./keywords.ts";
import type { Statement } from "./statements.ts";

const keys = {
  delay: { least: 0, most: 3600 },
  repeat: { least: 1, most: 100 },
  refresh: { least: 0, most: 86400 },
  refreshRepeat: { least: 1, most: 100 },
} as const;

type Key = keyof typeof keys;

/** Of each setting the last statement. */
export type AnnouncementStatements = Partial<Record<Key, Statement>>;

/** Endings of keepalived's keywords. */
const endings: Readonly<Record<string, Key>> = {
  delay: "delay",
  repeat: "repeat",
  refresh: "refresh",
  refresh_repeat: "refreshRepeat",
};

/** Readers that keep them for later: directors have lvsgen's own. */
export function announcementReaders<D extends { readonly announcements: AnnouncementStatements }>(
  beginning: string,
): Record<string, Reader<D>> {
  return Object.fromEntries(
    Object.entries(endings).map(([ending, key]) => [
      beginning + ending,
      ({ announcements }: D, statement: Statement) => {
        announcements[key] = statement;
      },
    ]),
  );
}

/** Of directors. */
export function leaveAnnouncementsOut(given: AnnouncementStatements, notes: Notes): void {
  for (const [key, statement] of Object.entries(given)) {
    if (key === "refresh")
      ownWay(["60"], phrase`lvsgen announces the addresses again every 60 s`)(null, statement, notes);
    else tellUnsupported(statement, false, notes);
  }
}

/** @param given of the instance, over those of all */
export function announcementsOf(
  given: AnnouncementStatements,
  notes: Notes,
): NonNullable<FloatingAddress["garp"]> {
  const found: NonNullable<FloatingAddress["garp"]> = {};
  for (const [key, statement] of Object.entries(given) as [Key, Statement][]) {
    const { least, most } = keys[key];
    const number = numberOf(statement, notes, [0, 1_000_000_000]);
    if (number === undefined) continue;
    const whole = Math.max(least, Math.min(most, Math.round(number)));
    if (whole !== number)
      notes.changed(statement.place, say`${shown(statement)} becomes ${whole}`, say`no change is needed`);
    found[key] = whole;
  }
  return found;
}
