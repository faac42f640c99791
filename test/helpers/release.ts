/** What is run before a release only: `npm run test:release`. */

import { test } from "vitest";

export const isRelease = process.env.LVSGEN_TEST_RELEASE === "1";

/** A test of the release tier. */
export const releaseTest = test.runIf(isRelease);

/** How often a generator is asked: `all` before a release. */
export function timesBeforeRelease(all: number, everyDay: number): number {
  return isRelease ? all : everyDay;
}

/** All cases before a release; otherwise those that represent them. */
export function beforeRelease<T>(all: readonly T[], representatives: readonly T[]): readonly T[] {
  return isRelease ? all : representatives;
}
