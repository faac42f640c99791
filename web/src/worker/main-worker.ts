/** The worker that has the topology at hand and its results. */

import { Client, type Listener } from "./client.ts";
import type { Calls, Method } from "./protocol.ts";

let listener: Listener = { ended: () => {}, silent: () => {} };
let isSilent = false;
let client = start();

function start(): Client {
  isSilent = false;
  return new Client({
    ended: (reason) => listener.ended(reason),
    silent: (now) => {
      isSilent = now;
      listener.silent(now);
    },
  });
}

export function watchWorker(own: Listener): void {
  listener = own;
}

/** A new one, which knows of no topology yet. */
export function restartWorker(): void {
  client.end();
  client = start();
}

/** Replaces a silent one: before what only makes sense without what it is busy with. */
export function wakeWorker(): void {
  if (!isSilent) return;
  restartWorker();
  listener.silent(false);
}

export function call<M extends Method>(
  method: M,
  ...args: Parameters<Calls[M]>
): Promise<ReturnType<Calls[M]>> {
  return client.call(method, ...args);
}
