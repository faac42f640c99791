/** Form, text and result in step, as a person edits. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { presets } from "../../src/presets/presets.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { done, pasteTopology, shownFile, showText, startFrom, topologyText, usePlayground } from "./page.ts";

const playground = usePlayground();

const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });

test("what is typed in the form is in the text and in the script, and is marked there", async () => {
  const page = await playground.open();
  const vip = field(page, "VIP");
  await vip.fill("192.168.1.150");
  await page.locator(".line-changed", { hasText: "192.168.1.150" }).first().waitFor();
  expect(await shownFile(page)).toContain("-A -t 192.168.1.150:80 -s wrr");
  expect(await topologyText(page)).toBe(presets.dr.replace("192.168.1.100", "192.168.1.150"));
  const marked = await page.locator(".line-changed").allTextContents();
  const script = (await shownFile(page)).split("\n");
  expect(
    marked.every((line) => /192\.168\.1\.150|sha256|^PLAN=/i.test(line)),
    marked.join(""),
  ).toBe(true);
  expect(marked.length).toBe(script.filter((line) => /192\.168\.1\.150|sha256:|^PLAN=/.test(line)).length);
  await page.getByText(`${marked.length} lines changed by the last edit`).waitFor();
  // Also where colours are the system's.
  await page.emulateMedia({ forcedColors: "active" });
  const bar = (line: string) =>
    page
      .locator(line)
      .first()
      .evaluate((own) => getComputedStyle(own).borderLeftColor);
  expect(await bar(".line-changed")).not.toBe(await bar(".line:not(.line-changed)"));
  await page.emulateMedia({ forcedColors: "none" });
  // Both real servers have the VIP, too.
  await page.getByRole("tab", { name: /^web2.*changed/ }).click();
  await page.locator('.code-view[data-path="web2/lvs_rs.sh"]').waitFor();
  await page.locator(".line-changed", { hasText: "192.168.1.150" }).first().waitFor();
  await done(page);
});

test("one edit later only what that one did is marked", async () => {
  const page = await playground.open();
  await field(page, "VIP").fill("192.168.1.150");
  await page.locator(".line-changed").first().waitFor();
  await page.waitForTimeout(2500);
  await page.getByLabel("Scheduler", { exact: true }).selectOption("rr");
  await page.locator(".line-changed", { hasText: "-s rr" }).waitFor();
  await expect.poll(() => page.locator(".line-changed", { hasText: "ARP" }).count()).toBe(0);
  await done(page);
});

test("what is typed in the text is in the form", async () => {
  const page = await playground.open();
  await pasteTopology(page, presets.nat.replace("name: web\n", "name: shop\n"));
  await page.getByRole("tab", { name: "Form" }).click();
  await expect.poll(() => page.getByLabel("Forwarding", { exact: true }).inputValue()).toBe("nat");
  expect(await page.getByRole("listitem", { name: "Service shop" }).count()).toBe(1);
  await page.locator(".line", { hasText: "203.0.113.100" }).first().waitFor();
  await done(page);
});

test("hosts and servers come, go and change their names by the form", async () => {
  const page = await playground.open();
  await page.getByRole("button", { name: "Add host" }).click();
  await page.getByRole("listitem", { name: "Host web3" }).waitFor();
  await page.getByRole("button", { name: "Add real server" }).click();
  await page.getByRole("button", { name: "Remove real server web3" }).waitFor();
  await page.getByRole("tab", { name: "web3" }).click();
  await page
    .locator('.code-view[data-path="web3/lvs_dr.sh"], .code-view[data-path="web3/lvs_rs.sh"]')
    .waitFor();
  const name = page.getByRole("listitem", { name: "Host web3" }).getByLabel("Name");
  await name.fill("cache");
  await name.press("Tab");
  await page.getByRole("tab", { name: "cache" }).waitFor();
  expect(await topologyText(page)).toContain("      - host: cache\n        weight: 1");
  await page.getByRole("button", { name: "Remove host cache" }).click();
  await page.getByRole("listitem", { name: "Host cache" }).waitFor({ state: "detached" });
  await expect.poll(() => topologyText(page)).toBe(presets.dr);
  await page.getByText("No problems").waitFor();
  await done(page);
});

test("keepalived by a click, and its files are there", async () => {
  const page = await playground.open();
  await page.getByLabel("Engine", { exact: true }).selectOption("keepalived");
  await page.getByRole("tab", { name: /^keepalived\.conf/ }).click();
  await page.locator(".line", { hasText: "virtual_server 192.168.1.100 80" }).waitFor();
  await done(page);
});

test("what the form does not know stays: the example with everything in it", async () => {
  const page = await playground.open();
  await startFrom(page, "everything");
  const text = readFileSync(join(repository, "examples/everything/topology.json"), "utf8");
  await field(page, "Name").first().fill("other");
  const before = (JSON.parse(text) as { name: string }).name;
  await expect.poll(() => topologyText(page)).toBe(text.replace(`"name": "${before}"`, '"name": "other"'));
  await done(page);
});

test("an error stands at its place with its remedy, in text, form and list; the last good files stay", async () => {
  const page = await playground.open();
  await field(page, "VIP").fill("192.168.1.11");
  const row = page.locator(".problem").first();
  await row.waitFor();
  const { stderr } = lvsgen(["validate", "-"], {
    input: presets.dr.replace("192.168.1.100", "192.168.1.11"),
  });
  const code = /LVS\d+/.exec(stderr)?.[0] ?? "";
  expect(await row.textContent()).toContain(code);
  const hint = (await row.locator("p.soft").textContent()) ?? "";
  expect(hint).not.toBe("");
  expect(stderr).toContain(hint);
  expect(await field(page, "VIP").getAttribute("aria-invalid")).toBe("true");
  await page.getByText("The topology has errors: these are the files of the last valid topology.").waitFor();
  expect(await shownFile(page)).toContain("192.168.1.100:80");
  await showText(page);
  await row.getByRole("button").click();
  await page.locator(".cm-lintRange-error", { hasText: "192.168.1.11" }).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const root = document.querySelector(".editor-host")?.shadowRoot;
      return root?.activeElement?.className ?? "";
    });
  await expect.poll(focused).toContain("cm-content");
  await page.locator(".cm-lintRange-error").hover();
  await page.locator(".cm-diagnostic-error").first().waitFor();
  await done(page);
});

test("the editor marks the problems of a topology that was just opened, however soon they are known", async () => {
  const page = await playground.open();
  await showText(page);
  // Frames take half a second: text and problems come to the editor in one. Its signals wait 35 ms at most otherwise.
  await page.evaluate(() => {
    const later = window.setTimeout.bind(window) as (then: () => void, ms?: number) => number;
    const slow = (then: () => void, ms = 0) => later(then, Math.max(ms, ms <= 35 ? 500 : 0));
    window.setTimeout = slow as unknown as typeof window.setTimeout;
    window.requestAnimationFrame = (then) => slow(() => then(performance.now()));
  });
  await startFrom(page, "pi-lab");
  await page.locator(".problem").first().waitFor();
  await page.locator(".cm-lintRange-warning", { hasText: "debian-9" }).waitFor();
  await done(page);
});

test("a text that cannot be read says so, and the form waits", async () => {
  const page = await playground.open();
  await pasteTopology(page, "name: [");
  await page
    .getByText("The text has an error and cannot be read.", { exact: false })
    .waitFor({ state: "attached" });
  await page.getByRole("tab", { name: "Form" }).click();
  expect(await field(page, "VIP").isDisabled()).toBe(true);
  // Wherever the form is scrolled to.
  await page.locator(".form").evaluate((form) => form.scrollTo(0, form.scrollHeight));
  const { y: top = 0 } = (await page.locator(".form").boundingBox()) ?? {};
  const { y = 0 } = (await page.locator(".form-unreadable").boundingBox()) ?? {};
  expect(y).toBeGreaterThanOrEqual(top);
  await pasteTopology(page, presets.dr);
  await page.getByText("No problems").waitFor();
  await page.getByRole("tab", { name: "Form" }).click();
  expect(await field(page, "VIP").isDisabled()).toBe(false);
  await done(page);
});

test("the schema completes keys, values and names of hosts, in YAML and JSON", async () => {
  const page = await playground.open();
  await showText(page);
  const end = async (text: string) => {
    await pasteTopology(page, text);
    await page.keyboard.press("ControlOrMeta+End");
  };
  const complete = async (typed: string, label: string) => {
    await page.keyboard.type(typed, { delay: 20 });
    await page.locator(".cm-tooltip-autocomplete li", { hasText: label }).first().waitFor();
  };
  await end(presets.dr.trimEnd());
  await page.keyboard.press("Enter");
  await complete("lowerT", "lowerThreshold");
  // The editor takes no Enter for 75 ms after the list comes up: it may have been meant as a new line.
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  await expect.poll(() => topologyText(page)).toContain("new ones go elsewhere\n        lowerThreshold: ");
  await end("hosts: { one: {}, other: {} }\nvirtualServices:\n  - name: web\n    scheduler: ");
  await complete("wr", "wrr");
  await page.keyboard.press("Escape");
  await end("hosts: { one: {}, other: {} }\ndirectors:\n  hosts: [");
  await complete("oth", "other");
  await page.keyboard.press("Escape");
  const hosts = "hosts: { one: {}, other: {} }\nvirtualServices:\n  - name: web\n    realServers:";
  await end(`${hosts}\n      - `);
  await complete("oth", "other");
  await page.keyboard.press("Escape");
  await end(`${hosts} [one, `);
  await complete("oth", "other");
  await done(page);
});

test("JSON and YAML are one click apart", async () => {
  const page = await playground.open();
  await showText(page);
  await page.getByRole("radio", { name: "JSON" }).check({ force: true });
  await expect.poll(() => topologyText(page)).toContain('"virtualServices": [');
  await pasteTopology(page, '{ "directors": { "engine": ');
  await page.keyboard.press("Control+Space");
  await page.keyboard.type("kee", { delay: 20 });
  await page.locator(".cm-tooltip-autocomplete li[aria-selected]", { hasText: "keepalived" }).click();
  await expect.poll(() => topologyText(page)).toContain('"engine": "keepalived"');
  await done(page);
});

test("the picture is the command line's, and is drawn as one edits", async () => {
  const page = await playground.open();
  await startFrom(page, "pi-lab");
  await page.getByRole("tab", { name: "Picture" }).click();
  const image = page.getByRole("img", { name: /Picture of pi-lab/ });
  await image.waitFor();
  const svg = async () =>
    decodeURIComponent(((await image.getAttribute("src")) ?? "").replace(/^[^,]*,/, ""));
  const { stdout } = lvsgen(["graph", "examples/pi-lab/topology.json", "--format", "svg"]);
  expect(await svg()).toBe(stdout);
  expect(await image.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBeGreaterThan(300);
  await field(page, "VIP").fill("192.168.1.222");
  await expect.poll(svg).toContain("VIP 192.168.1.222");
  await done(page);
});

test("the plan is in the words of the command line, by host", async () => {
  const page = await playground.open();
  await startFrom(page, "nat-keepalived");
  // Ansible's project has none: the first director's is shown.
  await page.locator("[data-tab=ansible]").click();
  await page.locator(".file-tree").waitFor();
  await page.getByRole("tab", { name: "Plan" }).click();
  await page.locator(".plan", { hasText: /^lvs1 / }).waitFor();
  await page.getByRole("tab", { name: "lvs1", selected: true }).waitFor();
  for (const host of ["lvs2", "web1"]) {
    await page.getByRole("tab", { name: host }).click();
    const { stdout } = lvsgen(["plan", "examples/nat-keepalived/topology.json", "--host", host]);
    await expect.poll(() => page.locator(".plan").textContent()).toBe(stdout);
  }
  await done(page);
});

test("changes are described in words, with their effect on connections", async () => {
  const page = await playground.open();
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByText("No changes yet.", { exact: false }).waitFor();
  await field(page, "Weight").first().fill("0");
  await page.getByText("weight 1 -> 0", { exact: false }).waitFor();
  await page.getByText("Connections finish", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Compare from here" }).click();
  await page.getByText("No changes yet.", { exact: false }).waitFor();
  await done(page);
});

test("undo in the editor undoes what the form did", async () => {
  const page = await playground.open();
  await showText(page);
  await page.getByRole("tab", { name: "Form" }).click();
  await page.getByLabel("Scheduler", { exact: true }).selectOption("sh");
  await expect.poll(() => topologyText(page)).toContain("scheduler: sh ");
  await showText(page);
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => topologyText(page)).toBe(presets.dr);
  await page.getByRole("tab", { name: "Form" }).click();
  await expect.poll(() => page.getByLabel("Scheduler", { exact: true }).inputValue()).toBe("wrr");
  await done(page);
});
