/** What the page keeps: history, links, drafts, and texts without passwords. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { inLanguage, speak } from "../../src/languages/say.ts";
import { zh } from "../../src/languages/zh/index.ts";
import { presets } from "../../src/presets/presets.ts";
import { convert } from "../../web/src/form/convert.ts";
import { withoutSecrets } from "../../web/src/form/secrets.ts";
import { type Draft, draftsIn, dropDraft, keepDraft } from "../../web/src/state/drafts.ts";
import { beginHistory, type History, recorded, redone, undone } from "../../web/src/state/history.ts";
import { fragmentOf, NewerLink, sharedTopology } from "../../web/src/state/link.ts";
import { pageHint } from "../../web/src/worker/page-hint.ts";
import { repository } from "../helpers/lvsgen.ts";

const yaml = (text: string) => ({ text, name: "topology.yaml" });

describe("history", () => {
  const edit = (history: History, text: string, group: string | null, time: number) =>
    recorded(history, { ...history.now, topology: yaml(text) }, group, time);
  const textsBack = (history: History): string[] => {
    const before = undone(history);
    return before === history ? [] : [before.now.topology.text, ...textsBack(before)];
  };

  test("edits of one field join while one types; others are steps", () => {
    let history = beginHistory(yaml("0"));
    history = edit(history, "1", "vip", 0);
    history = edit(history, "2", "vip", 900);
    history = edit(history, "3", "vip", 1800);
    history = edit(history, "4", "vip", 2801);
    history = edit(history, "5", "name", 2802);
    history = edit(history, "6", null, 2803);
    history = edit(history, "7", null, 2804);
    expect(textsBack(history)).toEqual(["6", "5", "4", "3", "0"]);
  });

  test("redo returns what undo left, until another edit; after undo nothing joins", () => {
    let history = edit(edit(beginHistory(yaml("0")), "1", "vip", 0), "2", null, 1);
    expect(redone(history)).toBe(history);
    history = undone(undone(history));
    expect(redone(redone(history)).now.topology.text).toBe("2");
    history = edit(redone(history), "3", "vip", 2);
    expect(redone(history)).toBe(history);
    expect(textsBack(history)).toEqual(["1", "0"]);
  });

  test("is bounded, in steps and in characters", () => {
    let history = beginHistory(yaml(""));
    for (let at = 0; at < 400; at++) history = edit(history, `${at}`, null, at);
    expect(history.past.length).toBe(300);
    const large = "x".repeat(15_000_000);
    for (let at = 0; at < 4; at++) history = edit(history, large + at, null, at);
    expect(history.past.map(({ topology }) => topology.text.length)).toEqual([
      large.length + 1,
      large.length + 1,
    ]);
  });
});

describe("links", () => {
  const packed = (text: string) => `#t=${deflateRawSync(text).toString("base64url")}`;

  test("hold format, version and text", async () => {
    for (const topology of [yaml(presets.ha), { text: "{}", name: "topology.json" }, yaml("a: 1\n\n# é\n")]) {
      const fragment = await fragmentOf(topology, "1.2.3");
      expect(await sharedTopology(fragment, "1.2.3")).toEqual({ topology, version: "1.2.3" });
    }
    expect(
      inflateRawSync(Buffer.from((await fragmentOf(yaml("x"), "1.2.3")).slice(3), "base64url")).toString(),
    ).toBe("yaml 1.2.3\nx");
  });

  test("without a version are read", async () => {
    expect(await sharedTopology(packed("yaml\nname: x\n"), "0.1.0")).toEqual({
      topology: yaml("name: x\n"),
      version: null,
    });
  });

  test.each(["#", "", "#x", "#top", "#/t=AAAA"])("%s is none", async (fragment) => {
    expect(await sharedTopology(fragment, "0.1.0")).toBeNull();
  });

  test.each(["#t2=AAAA", "#t10=", packed("toml 0.2.0\nx = 1\n")])(
    "%s is of a later version",
    async (fragment) => {
      await expect(sharedTopology(fragment, "0.1.0")).rejects.toThrow(NewerLink);
    },
  );

  test.each([packed("toml 0.1.0\nx = 1\n"), packed("yaml"), "#t=%%"])(
    "%s cannot be read",
    async (fragment) => {
      const read = sharedTopology(fragment, "0.1.0");
      await expect(read).rejects.toThrow();
      await expect(read).rejects.not.toBeInstanceOf(NewerLink);
    },
  );
});

describe("drafts", () => {
  const draft = (tab: string, text: string, time: number): Draft => ({
    tab,
    topology: yaml(text),
    time,
    address: "",
    earlier: "",
  });

  function storeOf(space: number, first: string | null = null) {
    let value = first;
    return {
      getItem: () => value,
      setItem: (_key: string, next: string) => {
        if (next.length > space) throw new Error("full");
        value = next;
      },
      removeItem: () => {
        value = null;
      },
    };
  }

  test("one for each tab, the latest twenty", () => {
    const store = storeOf(10_000);
    for (let at = 0; at < 22; at++) keepDraft(store, draft(`tab${at}`, "x", at));
    keepDraft(store, draft("tab4", "y", 23));
    const others = Array.from({ length: 20 }, (_, at) => `tab${21 - at}`).filter((tab) => tab !== "tab4");
    expect(draftsIn(store).map(({ tab }) => tab)).toEqual(["tab4", ...others]);
    dropDraft(store, "tab4");
    expect(draftsIn(store)[0]?.tab).toBe("tab21");
  });

  test("where space is short the oldest go first; what does not fit at all is said", () => {
    const store = storeOf(500);
    for (let at = 0; at < 3; at++)
      expect(keepDraft(store, draft(`tab${at}`, "x".repeat(100), at))).toBe(true);
    expect(draftsIn(store).map(({ tab }) => tab)).toEqual(["tab2", "tab1"]);
    expect(keepDraft(store, draft("tab9", "x".repeat(600), 9))).toBe(false);
    expect(draftsIn(store)[0]?.tab).toBe("tab2");
  });

  test.each(["{", "null", "{}", '[null, 1, {"tab": "a"}]'])("what is none is passed over: %s", (value) => {
    expect(draftsIn(storeOf(100, value))).toEqual([]);
  });
});

test("passwords are left out, and nothing else", () => {
  const secret = presets.ha.replace("  vrrp:\n", "  vrrp:\n    authPassword: s3cr3t # of all\n");
  expect(withoutSecrets(yaml(secret))).toEqual({ topology: yaml(presets.ha), count: 1 });
  const json = withoutSecrets(convert(yaml(secret), "json"));
  expect(json.topology).toEqual(convert(yaml(presets.ha), "json"));
  const source = secret.replace("s3cr3t", "{ env: VRRP }");
  expect(withoutSecrets(yaml(source)).topology.text).toBe(source);
});

test.each([
  "x-own: &own s3cr3t\ndirectors: { vrrp: { authPassword: *own } }\n",
  "directors: { announce: { bgp: { neighbors: [{ address: 10.0.0.1, password: s3cr3t }] } } }\n",
  "x-secrets: { a: [s3cr3t] }\n",
  "x-b: s3cr3t\nauthPassword: s3cr3t\n",
  "directors:\n  vrrp: { authPassword: s3cr3t, [\n",
  '{ "authPassword": "s3cr3t", \n',
  "authPassword: 's3cr3t'\n  broken",
])("no password is left: %s", (text) => {
  expect(withoutSecrets(yaml(text)).topology.text).not.toContain("s3cr3t");
});

test("no hint on the page names the command line", () => {
  const folders = ["import", "topology", "rules", "plan"].map((name) => join(repository, "src", name));
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      // It writes comments of a file for the command line.
      .filter((name) => name.endsWith(".ts") && !name.endsWith("topology-yaml.ts"))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
  const commandLine = /--(os|name|addresses|timeouts|config-id|out|host|force|to)(?![\w-])|'lvsgen [a-z]/;
  const hints = texts.flatMap((text) =>
    [...text.matchAll(/(?:say|phrase)`([^`]+)`/g)].map(([, hint = ""]) => hint),
  );
  const found = hints.filter((hint) => commandLine.test(hint));
  expect(found.length).toBeGreaterThan(4);
  for (const catalogue of [null, zh]) {
    speak(catalogue);
    const onPage = found.map((hint) => pageHint(inLanguage(hint)));
    speak(null);
    expect(onPage.filter((hint) => commandLine.test(hint) || hint === "")).toEqual([]);
  }
});
