/** What a person should know while a drain waits. */

import type { DrainTarget } from "../deploy/drain-target.ts";
import { say } from "../languages/say.ts";

interface Drain {
  readonly keep: boolean;
  /** The command that ends it. */
  readonly undo: string;
  /** Whether open connections end when it gives up its addresses. */
  readonly breaks: boolean;
}

export function drainNotes(target: DrainTarget, { keep, undo, breaks }: Drain): string[] {
  const { label, persistent, keepsTemplates, connectionless } = target;
  return [
    ...(target.isServer ? [serverNote(label, keep, undo)] : []),
    ...(target.shared.length > 0 ? [directorNote(target, keep, undo)] : []),
    ...(breaks
      ? [say`open connections through ${label} break: without connectionSync no other director knows them`]
      : []),
    ...persistent.map((service) =>
      keepsTemplates
        ? say`${service} is persistent and expireQuiescentTemplate is off: known clients still get new connections to ${label}, until their time is over`
        : say`${service} is persistent: known clients leave ${label} with their next connection (expire_quiescent_template is on)`,
    ),
    ...connectionless.map(
      (service) => say`${service} is UDP: a flow counts as open until it was silent for timeouts.udp seconds`,
    ),
  ];
}

function serverNote(label: string, keep: boolean, undo: string): string {
  return keep
    ? say`${label} gets no new connections, also after a reboot of a director. To end it: ${undo}`
    : say`${label} gets no new connections. To end it: ${undo}, or a reboot of the directors`;
}

function directorNote({ label, shared }: DrainTarget, keep: boolean, undo: string): string {
  const addresses = shared.map(({ address }) => address).join(", ");
  return keep
    ? say`${label} will have none of ${addresses}, even if no other host has them, also after its reboot. To end it: ${undo}`
    : say`${label} will have none of ${addresses}, even if no other host has them. To end it: ${undo}, or its reboot`;
}
