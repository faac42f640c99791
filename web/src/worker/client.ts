/** The page's side of the worker. */

import type { Calls, Method, Request, Response } from "./protocol.ts";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
const waiting = new Map<number, Waiting>();
let last = 0;

/** Called when the worker itself is gone. */
export function onWorkerEnd(tell: (reason: string) => void): void {
  worker.onerror = ({ message }) => tell(message || "?");
}

worker.onmessage = ({ data }: MessageEvent<Response>) => {
  const call = waiting.get(data.id);
  waiting.delete(data.id);
  if ("error" in data) call?.reject(new Error(data.error));
  else call?.resolve(data.result as never);
};

export function call<M extends Method>(
  method: M,
  ...args: Parameters<Calls[M]>
): Promise<ReturnType<Calls[M]>> {
  const id = ++last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, method, args } satisfies Request);
  });
}
