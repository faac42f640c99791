/** External commands of `lvs_dr.sh start`: as many for a hundred real servers as for ten. */

import { expect, test } from "vitest";
import { kernelCases } from "../../bench/parts/kernel.ts";

/** Of a start that changes nothing. */
const most = 10;

test("start's external commands do not grow with servers", async () => {
  const cases = await kernelCases([10, 100], 0);
  const calls = (servers: number) =>
    Object.fromEntries(cases.flatMap((each) => (each.servers === servers ? [[each.name, each.calls]] : [])));
  expect(calls(10)).toEqual(calls(100));
  expect(Object.keys(calls(10)).sort()).toEqual(["changed", "first", "unchanged"]);
  expect(calls(100).unchanged).toBeLessThanOrEqual(most);
  expect(calls(100).unchanged).toBeGreaterThan(0);
  expect(calls(100).first).toBeGreaterThan(Number(calls(100).unchanged));
});
