import { expect, test } from "vitest";
import { preemptDelay } from "../../src/plan/preempt-delay.ts";

test.each([
  ["no checks", [], null],
  [
    "the slowest",
    [
      { interval: 3, timeout: 3 },
      { interval: 10, timeout: 2.5 },
    ],
    13,
  ],
  ["parts of a second", [{ interval: 0.2, timeout: 0.3 }], 1],
  ["keepalived's most", [{ interval: 3600, timeout: 3 }], 1000],
])("%s", (_what, checks, expected) => {
  expect(preemptDelay(checks)).toBe(expected);
});
