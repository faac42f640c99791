/** The worker that has the topology at hand and its results. */

import { Client } from "./client.ts";
import type { Calls, Method } from "./protocol.ts";

let tell: (reason: string) => void = () => {};
let client = new Client((reason) => tell(reason));

/** Called when the worker is gone, with the reason. */
export function onWorkerEnd(told: (reason: string) => void): void {
  tell = told;
}

/** A new one, which knows of no topology yet. */
export function restartWorker(): void {
  client.end();
  client = new Client((reason) => tell(reason));
}

export function call<M extends Method>(
  method: M,
  ...args: Parameters<Calls[M]>
): Promise<ReturnType<Calls[M]>> {
  return client.call(method, ...args);
}
