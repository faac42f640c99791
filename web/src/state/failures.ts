/** Failures that nothing else reports: each ends in a notice with a way on. */

import { WorkerEnded } from "../worker/client.ts";
import { type Notice, notice } from "./state.ts";

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const reload = { key: "page.reload", run: () => location.reload() } as const;

/** Browsers' words for a part of the page that the server no longer has, or that no network brings. */
const partMissing = /dynamically imported module|module script failed|error loading dynamically|preload/i;

export function noticeOf(error: unknown): Notice {
  const reason = reasonOf(error);
  return partMissing.test(reason)
    ? { key: "page.outdated", isError: true, actions: [reload] }
    : { key: "page.failed", values: { reason }, isError: true, actions: [reload] };
}

export function reportFailure(error: unknown): void {
  // That has a notice already.
  if (!(error instanceof WorkerEnded)) notice.value = noticeOf(error);
}

/** No failure: a size changed while sizes were looked at, and the browser goes on with it in the next frame. */
const sizesLater = /^ResizeObserver loop/;

export function watchFailures(): void {
  addEventListener("unhandledrejection", ({ reason }) => reportFailure(reason));
  addEventListener("error", ({ error, message }) => {
    if (!sizesLater.test(message)) reportFailure(error ?? message);
  });
}
