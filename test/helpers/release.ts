/** What is run before a release only: `npm run test:release`. */

export const isRelease = process.env.LVSGEN_TEST_RELEASE === "1";

/** All cases before a release; otherwise those that represent them. */
export function beforeRelease<T>(all: readonly T[], representatives: readonly T[]): readonly T[] {
  return isRelease ? all : representatives;
}
