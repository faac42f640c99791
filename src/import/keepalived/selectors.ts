/** What a virtual_server is for: an address and a port, a firewall mark, or the entries of a virtual_server_group. */

import { say } from "../../languages/say.ts";
import type { Protocol } from "../../topology/model.ts";
import type { Lost, Notes } from "../notes.ts";
import type { Selector } from "../observed.ts";
import { addressRange } from "../ranges.ts";
import { lostIn, portOf, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

interface Named {
  readonly name: string | null;
  readonly selector: Selector;
}

interface Nature {
  readonly protocol: Protocol;
  readonly family: 4 | 6;
}

export function selectorsOf(
  statement: Statement,
  groups: ReadonlyMap<string, Statement>,
  nature: Nature,
  notes: Notes,
): Named[] {
  const [first, second] = statement.words.map(({ text }) => text);
  if (first !== "group")
    return entrySelectors([first ?? "", second], statement, nature, notes).map((selector) => ({
      name: null,
      selector,
    }));
  const group = groups.get(second ?? "");
  if (group === undefined) {
    notes.notUnderstood(
      statement.place,
      say`unknown virtual_server_group ${JSON.stringify(second ?? "")}: its service is ignored`,
      say`use one of the groups`,
      { lost: lostIn(statement) },
    );
    return [];
  }
  const entries = (group.block ?? []).flatMap((entry) =>
    entrySelectors([entry.keyword, entry.words[0]?.text], entry, nature, notes),
  );
  if (entries.length === 0)
    notes.leftOut(statement.place, say`${shown(statement)}: the group has no entry`, say`add one`, {
      lost: lostIn(statement),
    });
  return entries.map((selector) => ({ name: second ?? null, selector }));
}

/** `ADDRESS [PORT]`, `RANGE [PORT]` or `fwmark NUMBER`. */
function entrySelectors(
  [first, second]: readonly [string, string | undefined],
  statement: Statement,
  { protocol, family }: Nature,
  notes: Notes,
): Selector[] {
  if (first === "fwmark") {
    const value = Number(second);
    if (Number.isInteger(value) && value >= 1 && value <= 4294967295)
      return [{ kind: "mark", value, family, protocol }];
    notes.notUnderstood(
      statement.place,
      say`${shown(statement)}: not a firewall mark`,
      say`use a number from 1 to 4294967295`,
      { lost: lostAt(statement) },
    );
    return [];
  }
  const vips = addressRange(first);
  const port = second === undefined ? 0 : portOf(second);
  if (vips === null || port === null) {
    notes.notUnderstood(
      statement.place,
      say`${shown(statement)}: not an address (or at most 256 of them) with a port`,
      say`use numeric addresses and ports`,
      { lost: lostAt(statement) },
    );
    return [];
  }
  return vips.map((vip) => ({ kind: "port", vip, port, protocol }));
}

/** A group's entry is a service too. */
function lostAt(statement: Statement): Partial<Lost> {
  return { ...lostIn(statement), services: 1 };
}
