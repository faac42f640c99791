/** The page's side of a worker: calls with answers, and a word when the worker is gone. */

import { language } from "../i18n/words.ts";
import type { Calls, Method, Request, Response } from "./protocol.ts";
import { aliveMessage, pingMessage, pongMessage } from "./protocol.ts";
import { Silence } from "./silence.ts";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export interface Listener {
  /** The worker ended without `end`; again at each call after that. */
  readonly ended: (reason: string) => void;
  /** It became silent, see silence.ts, or speaks again. Nothing ends it: it may be busy with much. */
  readonly silent: (isSilent: boolean) => void;
}

/** What calls end with when their worker is gone. */
export class WorkerEnded extends Error {}

export class Client {
  readonly #name = `lvsgen-worker-${Date.now()}-${Math.random()}`;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #lock = new AbortController();
  readonly #listener: Listener;
  readonly #silence = new Silence({
    isAsked: () => this.#waiting.size > 0,
    ping: () => this.#worker.postMessage(pingMessage),
    tell: (isSilent) => this.#listener.silent(isSilent),
  });
  #isGone = false;
  /** Why it was lost. */
  #reason: string | null = null;
  #last = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: this.#name });
    this.#worker.onerror = (event) => {
      // Otherwise it is an error of the page, too.
      event.preventDefault();
      this.#lost(event.message || "its script was not loaded");
    };
    this.#worker.onmessage = ({
      data,
    }: MessageEvent<Response | typeof aliveMessage | typeof pongMessage>) => {
      if (data === aliveMessage) this.#watch();
      else if (data !== pongMessage) this.#answered(data);
      this.#silence.end();
    };
  }

  call<M extends Method>(method: M, ...args: Parameters<Calls[M]>): Promise<ReturnType<Calls[M]>> {
    if (this.#isGone) {
      // The first word may have been closed.
      if (this.#reason !== null) this.#listener.ended(this.#reason);
      return Promise.reject(new WorkerEnded(method));
    }
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#silence.begin();
      this.#worker.postMessage({ id, method, args, language: language.peek() } satisfies Request);
    });
  }

  /** Ends it at once, also in the middle of a call. */
  end(): void {
    this.#isGone = true;
    this.#silence.stop();
    this.#lock.abort();
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new WorkerEnded());
    this.#waiting.clear();
  }

  #answered(response: Response): void {
    const call = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if ("error" in response) call?.reject(new Error(response.error));
    else call?.resolve(response.result as never);
  }

  /** No event says that a worker was killed. But the lock that it holds is then free. */
  #watch(): void {
    navigator.locks
      .request(this.#name, { signal: this.#lock.signal }, () => this.#lost("it was ended"))
      .catch(() => {});
  }

  #lost(reason: string): void {
    if (this.#isGone) return;
    this.#reason = reason;
    this.end();
    this.#listener.ended(reason);
  }
}
