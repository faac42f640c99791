/** The page without its server, and with one that has a later build. */

import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Served, serveFolder } from "../../src/web/serve-folder.ts";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { showFiles } from "./page.ts";

const built = join(repository, "dist/web");

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
let server: Served;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  server = await serveFolder(built, 0);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Other tests may be busy at the same time. */
const poll = <T>(get: () => T | Promise<T>) => expect.poll(get, { timeout: 15_000 });

/** A page whose files are all kept. */
async function visited(): Promise<Page> {
  const page = await (await browser.newContext({ locale: "en" })).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.url);
  await showFiles(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
  return page;
}

/** Parts that the first view does not load: form edits, examples, import, zips, the editor. */
async function useEverything(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "VIP", exact: true }).fill("192.168.1.77");
  await page.locator(".line-changed", { hasText: "192.168.1.77" }).first().waitFor();
  await page.getByRole("button", { name: "Start from" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "pi-lab", exact: true }).click();
  await page.locator(".line", { hasText: "192.168.1.200" }).first().waitFor();
  await page.getByRole("button", { name: "Import" }).click();
  await page
    .getByLabel("Text to import")
    .fill("-A -t 10.0.0.5:80 -s wrr\n-a -t 10.0.0.5:80 -r 10.0.0.21:80 -g -w 2\n");
  await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("heading", { name: "Notes of the import" }).waitFor();
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download", exact: true }).click(),
  ]);
  expect(readFileSync(await download.path()).length).toBeGreaterThan(1000);
}

test("after the first visit everything works without the server, and is still guarded", async () => {
  const page = await visited();
  await server.close();
  await page.reload();
  await page.locator(".line").first().waitFor();
  await page.getByRole("tab", { name: "Text", exact: true }).click();
  await page.locator(".text-editor[data-ready=true]").waitFor();
  await page.getByRole("tab", { name: "Form" }).click();
  await useEverything(page);
  const policy = await page.evaluate(async () => (await fetch("./")).headers.get("content-security-policy"));
  expect(policy).toContain("frame-ancestors 'none'");
  await page.context().close();
  server = await serveFolder(built, Number(new URL(server.url).port));
});

/** The same page with parts of other names, as a later build has. */
function laterBuild(): string {
  const folder = join(temporaryFolder(), "web");
  // Without what the build compressed: the server would send that, the earlier one.
  cpSync(built, folder, { recursive: true, filter: (path) => !path.endsWith(".br") });
  const names = readdirSync(join(folder, "assets"));
  const renamed = (text: string) =>
    names.reduce((before, name) => before.replaceAll(name, name.replace(/(\.\w+)$/, "later$1")), text);
  for (const name of names) {
    const path = join(folder, "assets", name);
    writeFileSync(path, renamed(readFileSync(path, "utf8")));
    renameSync(path, join(folder, "assets", renamed(name)));
  }
  for (const name of ["index.html", "service-worker.js"]) {
    const path = join(folder, name);
    writeFileSync(path, renamed(readFileSync(path, "utf8")).replace(/"version":"/, '"version":"later'));
  }
  return folder;
}

test("a page that is open when a later build is deployed goes on working, and a reload brings the later one", async () => {
  const page = await visited();
  const port = Number(new URL(server.url).port);
  const folder = laterBuild();
  await server.close();
  server = await serveFolder(folder, port);
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  const builds = () => page.evaluate(async () => (await caches.keys()).length);
  await poll(builds).toBe(2);
  await useEverything(page);
  await page.reload();
  await page.locator(".line", { hasText: "10.0.0.5" }).first().waitFor();
  const scripts = () => page.evaluate(() => [...document.scripts].map(({ src }) => src));
  expect((await scripts()).some((src) => src.includes("later"))).toBe(true);
  await page.context().close();
  rmSync(folder, { recursive: true });
});

test("a part that the server no longer has is a notice with a way on, where nothing keeps the files", async () => {
  const page = await (await browser.newContext({ locale: "en", serviceWorkers: "block" })).newPage();
  await page.goto(server.url);
  await showFiles(page);
  await page.route(/assets\/topology/, (route) => route.fulfill({ status: 404 }));
  await page.getByRole("button", { name: "Start from" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "pi-lab", exact: true }).click();
  await page.getByText("A part of the page could not be loaded", { exact: false }).waitFor();
  await page.context().close();
});
