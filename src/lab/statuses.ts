/** HTTP statuses by which a check knows a server: one that it takes, and one that it does not. */

import type { HealthCheck } from "../topology/model.ts";

type Status = HealthCheck["status"];

export function takenStatus(status: Status): number {
  return rangesOf(status)[0]?.[0] ?? 200;
}

/** A server's fault if the check does not take it; otherwise any other, and 600 if it takes all that HTTP has. */
export function refusedStatus(status: Status): number {
  const ranges = rangesOf(status);
  const all = [500, 503, ...Array.from({ length: 500 }, (_, index) => 100 + index)];
  return all.find((code) => !ranges.some(([first, last]) => first <= code && code <= last)) ?? 600;
}

/** The model's texts are a status, or FIRST-LAST. */
function rangesOf(status: Status): (readonly [first: number, last: number])[] {
  return [status].flat().map((text) => {
    const [first = 200, last = first] = String(text).split("-").map(Number);
    return [first, last];
  });
}
