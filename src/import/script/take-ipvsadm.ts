/** Calls of ipvsadm -> the table: those of a loop all, or none. */

import { say } from "../../languages/say.ts";
import { wordsOf } from "../ipvsadm/lines.ts";
import { lostOf, type Problem, type ReadCall, readCall } from "../ipvsadm/read-call.ts";
import type { Lost, Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import type { Found } from "./found.ts";
import type { Gap, SimpleCommand } from "./machine.ts";
import { typographic } from "./typographic.ts";

export function isIpvsadm({ program }: SimpleCommand): boolean {
  return program === "ipvsadm" || program === "ipvsadm-restore";
}

/** What a call does, with the place that notes are about. */
export interface PlannedCall {
  readonly call: ReadCall;
  readonly command: SimpleCommand;
  readonly place: Place;
}

/** -R is a call for each line of its input. */
export function plannedCalls(command: SimpleCommand): PlannedCall[] {
  const { words, place, unknown, program } = command;
  const isRestore = program === "ipvsadm-restore" || words.some(({ text }) => /^(-R|--restore)$/.test(text));
  if (isRestore) return restored(command);
  if (words.length === 0) return [];
  const odd = typographic(words);
  const call = odd === null ? null : problemCall(place, odd.message, odd.hint, lostOf(words));
  if (call !== null) return [{ call, command, place }];
  if (unknown === null) return [{ call: readCall(words, place), command, place }];
  return [{ call: unknownCall(place, unknown, lostOf(words)), command, place }];
}

function restored(command: SimpleCommand): PlannedCall[] {
  const { input, place } = command;
  const text = input?.text;
  if (typeof text !== "string") {
    const message =
      text === undefined
        ? say`what ipvsadm -R reads is not in the script`
        : say`what ipvsadm -R reads (${text.unknown}) is not in the script`;
    return [
      { call: problemCall(place, message, say`give the file along, or import it`, {}), command, place },
    ];
  }
  const lines = text.slice(input?.from).split("\n");
  return lines.flatMap((line, index) => {
    const from = input?.place ?? null;
    const at = from === null ? place : { ...from, line: from.line + index, column: 1 };
    const words = wordsOf(line, at);
    return words.length === 0 ? [] : { call: readCall(words, at), command, place: at };
  });
}

function unknownCall(place: Place, unknown: string, lost: Partial<Lost>): ReadCall {
  return problemCall(
    place,
    say`the value of ${unknown} is known only when the script runs`,
    say`replace it with its value, or import 'ipvsadm -Sn'`,
    lost,
  );
}

function problemCall(place: Place, message: string, hint: string, lost: Partial<Lost>): ReadCall {
  return { change: { kind: "problem", place, message, hint, lost }, remarks: [] };
}

/** Of a loop with a turn that cannot be read, nothing is taken, and one note says why. */
export function takeCalls(
  commands: readonly SimpleCommand[],
  gaps: readonly Gap[],
  { table }: Found,
  notes: Notes,
): void {
  const planned = commands.filter(isIpvsadm).flatMap(plannedCalls);
  const broken = new Map<Place, PlannedCall[]>();
  const reasons = new Map<Place, string>();
  for (const { loop, what, commands: skipped } of gaps)
    if (loop !== null && skipped.some(isIpvsadm)) reasons.set(loop, what);
  for (const { call, command } of planned)
    if (command.loop !== null && call.change.kind === "problem" && !reasons.has(command.loop))
      reasons.set(command.loop, call.change.message);
  for (const loop of reasons.keys()) broken.set(loop, []);
  for (const { call, command, place } of planned) {
    const { loop, isStraight } = command;
    const calls = loop === null ? undefined : broken.get(loop);
    if (calls !== undefined) calls.push({ call, command, place });
    else table.apply(call, place, isStraight);
  }
  for (const [loop, reason] of reasons) tellLoop(loop, reason, broken.get(loop) ?? [], notes);
}

function tellLoop(loop: Place, reason: string, calls: readonly PlannedCall[], notes: Notes): void {
  const lost = calls.map(({ call: { change } }) => lostBy(change));
  notes.notUnderstood(
    loop,
    say`nothing of the loop is imported, as part of it cannot be read: ${reason}`,
    say`replace it with constant values, or import 'ipvsadm -Sn'`,
    { lost: sumOf(lost) },
  );
}

export function lostBy(change: ReadCall["change"] | Problem): Partial<Lost> {
  if (change.kind === "problem") return change.lost;
  if (change.kind === "service") return { services: 1 };
  return change.kind === "server" ? { servers: 1 } : {};
}

export function sumOf(all: readonly Partial<Lost>[]): Partial<Lost> {
  const sum = (key: keyof Lost) => all.reduce((total, each) => total + (each[key] ?? 0), 0);
  const [services, servers] = [sum("services"), sum("servers")];
  return { ...(services > 0 ? { services } : {}), ...(servers > 0 ? { servers } : {}) };
}

/** What one turn of a part that is left out would have added. */
export function lostInGap({ commands }: Gap): Partial<Lost> {
  return sumOf(
    commands
      .filter(isIpvsadm)
      .flatMap(plannedCalls)
      .map(({ call }) => lostBy(call.change)),
  );
}
