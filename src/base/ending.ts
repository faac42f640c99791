/** Cleans up when the program ends early: by a signal, or by process.exit. */

import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Work to do at the end; the last added goes first. */
const pending: (() => void)[] = [];

/** Called before the program ends by a signal; the work then ends by itself. */
const listeners: { readonly controller: AbortController; readonly onAsked: () => void }[] = [];

/**
 * Does this work when the program ends early, for any reason but SIGKILL.
 *
 * @returns cancels it
 */
export function atEnd(work: () => void): () => void {
  pending.push(work);
  watch();
  return () => {
    remove(pending, work);
    watch();
  };
}

export interface Asked {
  /** Aborted by the first signal. A second one ends the program at once. */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** The first Ctrl-C, SIGTERM or SIGHUP lets the current work finish. */
export function askedToEnd(onAsked: () => void = () => {}): Asked {
  const listener = { controller: new AbortController(), onAsked };
  listeners.push(listener);
  watch();
  return {
    signal: listener.controller.signal,
    release: () => {
      remove(listeners, listener);
      watch();
    },
  };
}

let isWatching = false;

/** Without anything to do, signals have their usual effect at once. */
function watch(): void {
  const isNeeded = pending.length + listeners.length > 0;
  if (isNeeded === isWatching) return;
  isWatching = isNeeded;
  for (const name of signals) process[isNeeded ? "on" : "off"](name, end);
  process[isNeeded ? "on" : "off"]("exit", finish);
}

function end(name: (typeof signals)[number]): void {
  const waiting = listeners.filter(({ controller }) => !controller.signal.aborted);
  if (waiting.length === 0) process.exit(128 + constants.signals[name]);
  for (const { controller, onAsked } of waiting) {
    controller.abort();
    onAsked();
  }
}

function finish(): void {
  for (const work of pending.splice(0).reverse()) {
    try {
      work();
    } catch {
      // The rest must still be done, and there is no way to report it any more.
    }
  }
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}
