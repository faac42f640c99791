/** Conditions whose ways fill the table differently: the import has read them all. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import type { SimpleCommand } from "./machine.ts";
import { isIpvsadm } from "./take-ipvsadm.ts";

export function tellBranches(commands: readonly SimpleCommand[], notes: Notes): void {
  const conditions = new Map<Place, Map<number, Set<string>>>();
  for (const command of commands.filter(isIpvsadm).filter(adds))
    for (const { condition, number } of command.branches) {
      const ways = conditions.get(condition) ?? new Map<number, Set<string>>();
      const texts = ways.get(number) ?? new Set<string>();
      texts.add(textOf(command));
      conditions.set(condition, ways.set(number, texts));
    }
  for (const [condition, ways] of conditions) {
    const [first, ...others] = ways.values();
    if (first !== undefined && others.some((other) => differ(first, other)))
      notes.notUnderstood(
        condition,
        say`the ways of this condition fill the table differently, and all of them are imported`,
        say`remove what does not run, or import 'ipvsadm -Sn'`,
      );
  }
}

function adds({ words }: SimpleCommand): boolean {
  return words.some(({ text }) => /^(-[AaEe]|--(add|edit)-)/.test(text));
}

function textOf({ words }: SimpleCommand): string {
  return words.map(({ text }) => text).join(" ");
}

/** Neither has all that the other has: start and restart are alike. */
function differ(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((text) => !other.has(text)) && [...other].some((text) => !one.has(text));
}
