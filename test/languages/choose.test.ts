/** Which language the command line speaks: `--lang`, or else the environment's. */

import { afterEach, describe, expect, test } from "vitest";
import { complete } from "../../src/commands/complete.ts";
import { chooseLanguage } from "../../src/commands/language.ts";
import { say, speak } from "../../src/languages/say.ts";

afterEach(() => speak(null));

const said = () => say`unknown host ${"pi9"}`;
const english = "unknown host pi9";
const chinese = "未知主机 pi9";

describe("the environment", () => {
  test.each([
    [{ LANG: "zh" }, chinese],
    [{ LANG: "zh_CN" }, chinese],
    [{ LANG: "zh_CN.UTF-8" }, chinese],
    [{ LANG: "zh_CN.utf8" }, chinese],
    [{ LANG: "zh_CN.UTF-8@pinyin" }, chinese],
    [{ LANG: "zh_SG.UTF-8" }, chinese],
    [{ LANG: "zh-Hans" }, chinese],
    [{ LANG: "zh_Hans_CN.UTF-8" }, chinese],
    [{ LANG: "zh_TW.UTF-8" }, english],
    [{ LANG: "zh_HK" }, english],
    [{ LANG: "zh-Hant" }, english],
    [{ LANG: "zh_CN.GB18030" }, english],
    [{ LANG: "zha" }, english],
    [{ LANG: "de_DE.UTF-8" }, english],
    [{ LANG: "C" }, english],
    [{}, english],
    // POSIX: the first that is set and not empty decides.
    [{ LC_ALL: "", LC_MESSAGES: "zh_CN.UTF-8", LANG: "en_US.UTF-8" }, chinese],
    [{ LC_MESSAGES: "en_US.UTF-8", LANG: "zh_CN.UTF-8" }, english],
    [{ LC_ALL: "zh_CN.UTF-8", LC_MESSAGES: "C", LANG: "C" }, chinese],
    [{ LC_ALL: "C.UTF-8", LANG: "zh_CN.UTF-8" }, english],
    // LC_CTYPE and LANGUAGE are others' business.
    [{ LC_CTYPE: "zh_CN.UTF-8", LANGUAGE: "zh_CN" }, english],
  ])("%j", async (environment, expected) => {
    await chooseLanguage(["validate"], environment);
    expect(said()).toBe(expected);
  });
});

describe("--lang", () => {
  test.each([
    [["--lang", "zh", "validate", "a"], {}, ["validate", "a"], chinese],
    [["validate", "a", "--lang=zh"], {}, ["validate", "a"], chinese],
    [["validate", "--lang", "en", "a"], { LANG: "zh_CN" }, ["validate", "a"], english],
    [["validate", "--", "--lang", "zh"], {}, ["validate", "--", "--lang", "zh"], english],
  ])("%j", async (words, environment, rest, expected) => {
    expect(await chooseLanguage(words, environment)).toEqual(rest);
    expect(said()).toBe(expected);
  });

  test.each([
    [["validate", "--lang", "fr"], {}, 'invalid --lang "fr": choose one of: en, zh'],
    [["validate", "--lang", "zh_CN"], { LANG: "zh_CN" }, '--lang "zh_CN" 无效：请选择：en、zh'],
    [["validate", "--lang"], {}, "--lang needs a value"],
    [["--lang", "en", "validate", "--lang=zh"], {}, "--lang is given twice"],
  ])("%j is wrong usage", async (words, environment, message) => {
    await expect(chooseLanguage(words, environment)).rejects.toMatchObject({ kind: "usage", message });
  });

  test.each([
    [
      ["--lang", ""],
      ["en", "zh"],
    ],
    [["validate", "--lang", "z"], ["zh"]],
    [["--l"], ["--lang"]],
    [["validate", "--l"], ["--lang"]],
  ])("the shell completes %j", async (words, expected) => {
    expect((await complete(["lvsgen", ...words])).map(({ word }) => word)).toEqual(expected);
  });
});
