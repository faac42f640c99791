/** A sentence of another language: its values are in its order, with the spaces that Chinese has. */

import { afterEach, expect, test } from "vitest";
import { counted, listed } from "../../src/base/counted.ts";
import { meantBy, suggestion } from "../../src/base/suggest.ts";
import { inEnglish, say, speak } from "../../src/languages/say.ts";
import { zh } from "../../src/languages/zh/index.ts";

afterEach(() => speak(null));

test.each([
  ["{0}的 {1}", "pi1 的权重"],
  ["{1} 在{0}", "权重在 pi1"],
  ["{0}：{1}。", "pi1：权重。"],
  ["（{0}）{1}", "（pi1）权重"],
  ['请写 "{0}"，{1}', '请写 "pi1"，权重'],
  ["{0}\n{1}", "pi1\n权重"],
  ["{1}\n{1}", "权重\n权重"],
  ["{0}, {0}", "pi1, pi1"],
])("%j", (row, expected) => {
  speak({ "the {0} of {1}": row });
  expect(say`the ${"pi1"} of ${"权重"}`).toBe(expected);
});

test("numbers, lists and corrections", () => {
  const all = () => [
    counted(1, "host"),
    counted(2, "host"),
    listed(["a", "b", "c"], "or"),
    meantBy(suggestion("wcl", ["rr", "wlc"], say`choose one of`)),
    suggestion("x", ["rr", "wlc"], say`choose one of`),
  ];
  const english = ["1 host", "2 hosts", "a, b or c", "wlc", "choose one of: rr, wlc"];
  expect(all()).toEqual(english);
  speak(zh);
  expect(all()).toEqual(["1 台主机", "2 台主机", "a、b 或 c", "wlc", "请选择：rr、wlc"]);
  expect(inEnglish(all)).toEqual(english);
});
