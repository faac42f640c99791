/** Help for who does not know LVS: introduction, pages, examples, next steps, the Ansible project's tree, empty states. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { zh } from "../../web/src/i18n/zh.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { done, pasteTopology, shownFile, startFrom, usePlayground } from "./page.ts";

const playground = usePlayground();

test("a first visit: an introduction that closes for good, and the picture; the tab is kept", async () => {
  const page = await playground.open({ isFirst: true });
  await page.getByRole("img", { name: /^Picture of my-cluster/ }).waitFor();
  const intro = page.getByRole("region", { name: "What this is" });
  await intro.getByText("Linux Virtual Server gives many servers one address", { exact: false }).waitFor();
  const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    version: string;
  };
  await intro.getByRole("link", { name: `lvsgen ${version}` }).waitFor();
  await page.getByLabel("Language").selectOption("zh");
  await page.getByText(zh["intro.text"]).waitFor();
  await page.getByRole("button", { name: zh["intro.close"] }).click();
  await page.locator("[data-tab=plan]").click();
  await page.reload();
  await page.locator(".plan").waitFor();
  expect(await page.locator(".intro").count()).toBe(0);
  await page.getByRole("button", { name: zh["bar.help"] }).click();
  await page.locator(".intro").waitFor();
  await done(page);
});

test("its pages are there, with their links; a finding's code leads to its chapter", async () => {
  const page = await playground.open();
  const names = await page
    .locator(".intro a")
    .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
  await page.getByRole("textbox", { name: "VIP" }).fill("192.168.1.11");
  const code = page.locator(".problem").first().getByRole("link");
  await code.waitFor();
  const [chapter] = await Promise.all([page.context().waitForEvent("page"), code.click()]);
  await chapter.locator(`:target`, { hasText: (await code.textContent()) ?? "?" }).waitFor();
  // Every link of every page leads to a page, and to a chapter that it has.
  const seen = new Map<string, string>();
  const wanted = [...names];
  for (let address = wanted.pop(); address !== undefined; address = wanted.pop()) {
    const { origin, pathname, hash, href } = new URL(address);
    if (origin !== new URL(playground.url).origin || pathname === "/index.html") continue;
    const known = seen.get(pathname);
    const text = known ?? (await (await fetch(href)).text());
    expect(text, address).toContain("<main>");
    if (hash !== "") expect(text, address).toContain(`id="${decodeURIComponent(hash.slice(1))}"`);
    if (known !== undefined) continue;
    seen.set(pathname, text);
    for (const [, link = ""] of text.matchAll(/<a href="([^"]+)"/g)) wanted.push(new URL(link, href).href);
  }
  expect(seen.size).toBeGreaterThan(15);
  await done(page);
});

test("next steps are this cluster's: commands to copy, host by host", async () => {
  const page = await playground.open();
  await startFrom(page, "pi-lab");
  await page.locator("[data-tab=steps]").click();
  const hosts = page.locator(".steps-host");
  await expect.poll(() => hosts.locator("summary strong").allTextContents()).toEqual(["pi2", "pi3", "pi1"]);
  const copy = hosts.first().locator(".command", { hasText: "scp" });
  await copy.getByRole("button").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe("scp -r pi2 pi@192.168.1.107:");
  await hosts.first().getByRole("button", { name: "Make the line" }).click();
  await hosts.first().locator(".command", { hasText: "echo '" }).getByRole("button").click();
  const line = () => page.evaluate(() => navigator.clipboard.readText());
  await expect
    .poll(line)
    .toMatch(/^echo '.{5000,}' \| base64 -d \| tar -xzf - && cd pi2 && sudo sh setup\.sh$/);
  await done(page);
});

test("examples have a line and a picture; the Ansible project is a tree", async () => {
  const page = await playground.open();
  await page.getByRole("button", { name: "Start from" }).click();
  const starts = page.locator(".start-kind");
  const previews = () => page.locator(".preview img").count();
  await expect.poll(previews, { timeout: 30_000 }).toBe(await starts.count());
  const lines = await page.locator(".start-kind > button + span").allTextContents();
  expect(lines).not.toContain("");
  await page.getByRole("dialog").getByRole("button", { name: "pi-lab", exact: true }).click();
  await page.locator("[data-tab=ansible]").click();
  const tree = page.getByRole("navigation", { name: /^Files of/ });
  await tree
    .locator("details", { hasText: "handlers/" })
    .last()
    .getByRole("button", { name: "main.yml" })
    .click();
  await page.locator(".code-view[data-path='ansible/roles/lvs/handlers/main.yml']").waitFor();
  expect(await shownFile(page)).toBe(
    readFileSync(join(repository, "out/ansible/roles/lvs/handlers/main.yml"), "utf8"),
  );
  await done(page);
});

test("where there is nothing yet, the page says what comes there", async () => {
  const page = await playground.open();
  const empty = "version: 1\nname: new\n";
  await pasteTopology(page, empty);
  await page.getByRole("tab", { name: "Form" }).click();
  await page.getByText("No hosts yet.", { exact: false }).waitFor();
  await page.getByText("No services yet.", { exact: false }).waitFor();
  const { stdout } = lvsgen(["validate", "-", "--format", "json"], { input: empty });
  const errors = (JSON.parse(stdout) as { diagnostics: unknown[] }).diagnostics.length;
  await page.reload();
  await page.getByText(`Nothing to show yet. Errors in the topology: ${errors}.`, { exact: false }).waitFor();
  await done(page);
});
