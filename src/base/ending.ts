/** How the program ends before its work does: by a signal, or by process.exit. What was made is removed all the same. */

import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What is left to do; the last made goes first. */
const pending: (() => void)[] = [];

/** Asked before the program ends by a signal; the work ends by itself then. */
const listeners: { readonly controller: AbortController; readonly onAsked: () => void }[] = [];

/**
 * Has this done when the program ends early, whatever the reason but SIGKILL.
 *
 * @returns takes it back
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

/** Takes the first Ctrl-C, SIGTERM or SIGHUP as a wish: the work in hand is brought to its end. */
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

/** Signals have their usual effect, at once, while there is nothing to do. */
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
      // The next one is to be done all the same, and nobody can be told any more.
    }
  }
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}
