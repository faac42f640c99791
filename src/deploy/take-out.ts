/** Takes a server or director out of service, and puts it back: what drain, undrain and roll have in common. */

import { say } from "../languages/say.ts";
import {
  changeDirectors,
  type DirectorDrain,
  isEmpty,
  lastOf,
  type OpenConnections,
  waitUntilEmpty,
} from "./drain.ts";
import type { DrainTarget } from "./drain-target.ts";
import { directorOf, type HandedOver, waitUntilHandedOver, withoutHeir } from "./hand-over.ts";
import type { RemoteHost } from "./remote-host.ts";
import type { HostStatus } from "./status.ts";

export interface TakingOut {
  readonly keep: boolean;
  /** Whether it stays drained even if no other host takes its addresses. */
  readonly insists: boolean;
  /** Seconds until it has no connections, and others have its addresses. */
  readonly limit: number;
  /** Aborted: stop waiting. */
  readonly signal: AbortSignal;
  /** Called when all that should note it have done so. */
  readonly onNoted: () => void;
  readonly onCount: (counts: readonly OpenConnections[], seconds: number) => void;
}

export interface TakenOut {
  /** In order of priority. */
  readonly directors: readonly DirectorDrain[];
  /** Those of them that should have noted it. */
  readonly failed: readonly DirectorDrain[];
  readonly open: readonly OpenConnections[];
  readonly addresses: readonly HandedOver[];
  /** Whether the drain was undone, as no other host took its addresses. */
  readonly isUndone: boolean;
}

/** Who can be asked now, of those that should note a drain. */
export function reached(target: DrainTarget, before: readonly HostStatus[]): string[] {
  return target.noting.filter((name) => directorOf(before, name) !== undefined);
}

/** Why a drain would hurt: each a sentence without its full stop. */
export function risksOf(target: DrainTarget, before: readonly HostStatus[]): string[] {
  const { label, quorums, noting, shared } = target;
  const last = lastOf(before, [label], (service) => quorums.get(service) ?? 1).map(
    (service) => say`${label} is the last server of ${service}: without it nobody answers there`,
  );
  const unreached = before.filter(
    ({ host }) => noting.includes(host) && directorOf(before, host) === undefined,
  );
  const orphans = withoutHeir(before, shared);
  return [
    ...last,
    ...unreached.map((host) => unreachedRisk(host, label)),
    ...(orphans.length === 0
      ? []
      : [say`no other host can have ${orphans.join(", ")} now: without ${label} nobody answers there`]),
  ];
}

/** A director that cannot do it now. */
function unreachedRisk({ host, state, words }: HostStatus, label: string): string {
  const why = words === "" ? state : words;
  return host === label
    ? say`${host} cannot be asked (${why}): it would keep its addresses`
    : say`${host} cannot be asked (${why}): it would still send connections to ${label}`;
}

/**
 * note it on each director -> wait until it has no connections, and until others have its addresses.
 *
 * @param remotes of the hosts that the target asks, in order of priority
 * @param before their state; where a director did not answer, its drain is left out
 */
export async function takeOut(
  remotes: readonly RemoteHost[],
  before: readonly HostStatus[],
  target: DrainTarget,
  { keep, insists, limit, signal, onNoted, onCount }: TakingOut,
): Promise<TakenOut> {
  const { label, noting } = target;
  const names = new Set(reached(target, before));
  const taking = remotes.filter(({ name }) => names.has(name));
  const skipped = before.filter(({ host }) => noting.includes(host) && !names.has(host));
  const directors: DirectorDrain[] = [
    ...(await changeDirectors(taking, { verb: "drain", server: label, keep }, signal)),
    ...skipped.map(({ host, words, remedy }) => ({ host, outcome: "untouched", words, remedy }) as const),
  ];
  // If no director was asked, nothing is drained, whatever was accepted.
  const failed = directors.filter((each) => !isDone(each) && (taking.length === 0 || names.has(each.host)));
  if (failed.length > 0) return { directors, failed, open: [], addresses: [], isUndone: false };
  onNoted();
  const patience = Math.min(limit, Math.max(0, ...target.shared.map((each) => each.patience)));
  const [open, addresses] = await Promise.all([
    target.isServer ? waitUntilEmpty(taking, waiting(target, { limit, signal, onCount })) : [],
    target.shared.length === 0
      ? []
      : waitUntilHandedOver(remotes, { label, shared: target.shared, limit: patience, signal }),
  ]);
  const isUndone = !insists && patience > 0 && !signal.aborted && addresses.some(({ host }) => host === null);
  if (isUndone) await putBack(remotes, target);
  return { directors, failed, open, addresses, isUndone };
}

function waiting(
  { label, connectionless }: DrainTarget,
  rest: Pick<TakingOut, "limit" | "signal" | "onCount">,
) {
  return {
    server: label,
    isConnectionless: (service: string) => connectionless.includes(service),
    ...rest,
  };
}

/** Undoes {@link takeOut}. @returns what each host did that notes drains of the target */
export function putBack(
  remotes: readonly RemoteHost[],
  { label, noting }: DrainTarget,
): Promise<DirectorDrain[]> {
  const taking = remotes.filter(({ name }) => noting.includes(name));
  const change = { verb: "undrain", server: label, keep: false } as const;
  return changeDirectors(taking, change, new AbortController().signal);
}

export function isDone({ outcome }: DirectorDrain): boolean {
  return outcome !== "failed" && outcome !== "untouched";
}

/** Whether nothing depends on it any more. */
export function isOut({ failed, open, addresses }: TakenOut): boolean {
  return failed.length === 0 && isEmpty(open) && addresses.every(({ host }) => host !== null);
}
