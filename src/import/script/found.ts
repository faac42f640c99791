/** What the lines of scripts say about a cluster, before it is put together. */

import { inLanguage, say } from "../../languages/say.ts";
import type { IpvsTable } from "../ipvsadm/table.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, MarkedPorts, ObservedRoute } from "../observed.ts";
import type { Place } from "../place.ts";
import type { SimpleCommand } from "./machine.ts";

/** A firewall rule that replaces the source address. */
export interface SourceRule {
  readonly place: Place;
  /** The line. */
  readonly text: string;
  /** `-m ipvs`: packets of IPVS alone. */
  readonly isIpvs: boolean;
  readonly source: Match | null;
  readonly destination: Match | null;
  readonly output: Match | null;
}

export interface Match {
  readonly value: string;
  readonly isNegated: boolean;
}

export interface Found {
  readonly table: IpvsTable;
  /** Also those on lo, tunl0 and dummy0, which are no network interfaces. */
  readonly addresses: CarriedAddress[];
  readonly marks: MarkedPorts[];
  readonly sourceRules: SourceRule[];
  /** null: the default gateway. */
  readonly routes: (Omit<ObservedRoute, "to"> & { readonly to: string | null })[];
}

export type Take = (command: SimpleCommand, found: Found, notes: Notes) => void;

export function lineOf({ program, words, writes }: SimpleCommand): string {
  const parts = [program, ...words.map(({ text }) => text), ...writes.map((name) => `>${name}`)];
  return parts.join(" ").slice(0, 80);
}

/** Lines that lvsgen answers in its own way: a phrase says how. */
export function answered(instead: string): Take {
  return (command, _found, notes) =>
    notes.leftOut(
      command.place,
      say`${lineOf(command)}: ${inLanguage(instead)}`,
      say`no change is needed, unless it was for something else`,
    );
}

/** A line with a value that is known only when the script runs. */
export function tellUnknown({ place }: SimpleCommand, what: string, notes: Notes): void {
  notes.notUnderstood(
    place,
    say`the value of ${what} is known only when the script runs`,
    say`replace it with its value`,
  );
}

export function texts(command: SimpleCommand): string[] {
  return command.words.map(({ text }) => text);
}
