/** The playground in Debian's chromium, served by `lvsgen web` on loopback. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { cli } from "../helpers/lvsgen.ts";

export interface Playground {
  /** As `http://127.0.0.1:1234/`. */
  readonly url: string;
  /** A page of its own, with the first script to be seen; it may ask for nothing but its own files. */
  readonly open: (options?: OpenOptions) => Promise<Page>;
}

interface OpenOptions extends BrowserContextOptions {
  /** Behind the address, as `#t=…`. */
  readonly fragment?: string;
  /** The tab at a first visit, not that of the files. */
  readonly isFirst?: boolean;
  /** Before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** One server and one browser for all tests of a file. */
export function usePlayground(): Playground {
  let server: ChildProcess;
  let browser: Browser;
  const playground = { url: "" };
  beforeAll(async () => {
    server = spawn(process.execPath, [cli, "web", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(server.stdout as NodeJS.ReadableStream, "data");
    playground.url = String(line).trim();
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.kill("SIGTERM");
    if (server !== undefined && server.exitCode === null) await once(server, "exit");
  });
  return {
    get url() {
      return playground.url;
    },
    open: async ({ fragment = "", isFirst = false, prepare, ...options } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: "en",
        // Their requests are not the page's; offline.test.ts has them.
        serviceWorkers: "block",
        permissions: ["clipboard-read", "clipboard-write"],
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      watch(page, playground.url);
      await prepare?.(page);
      await page.goto(playground.url + fragment);
      if (!isFirst) await showFiles(page);
      return page;
    },
  };
}

/** Also on a phone that shows the other side, and in any language. */
export async function showFiles(page: Page): Promise<void> {
  await page.locator(".view > *").first().waitFor({ state: "attached" });
  await page.locator("[data-tab=files]").evaluate((tab: HTMLElement) => tab.click());
  await page.locator(".line").first().waitFor({ state: "attached" });
}

const complaints = new WeakMap<Page, string[]>();

function watch(page: Page, url: string): void {
  const own: string[] = [];
  complaints.set(page, own);
  page.on("pageerror", (error) => own.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.text() === "Service Worker registration blocked by Playwright") return;
    if (message.type() === "error" || message.type() === "warning") own.push(message.text());
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url))
      own.push(`asks for ${request.url()}`);
  });
}

/** Closes a page, which must not have had anything to complain of. */
export async function done(page: Page): Promise<void> {
  expect(complaints.get(page)).toEqual([]);
  await page.context().close();
}

/** What the file at hand says, as a person would copy it. */
export async function shownFile(page: Page): Promise<string> {
  return (await page.locator(".code-view pre").textContent()) ?? "";
}

/** The topology's text, by selecting and copying all of it; ends at the form again where one was there. */
export async function topologyText(page: Page): Promise<string> {
  const wasForm = (await page.getByRole("tab", { name: "Form" }).getAttribute("aria-selected")) === "true";
  await showText(page);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+c");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  if (wasForm) await page.getByRole("tab", { name: "Form" }).click();
  return text;
}

export async function showText(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Text", exact: true }).click();
  await page.locator(".text-editor[data-ready=true]").waitFor();
}

/** Pastes a whole text over the one in the editor. */
export async function pasteTopology(page: Page, text: string): Promise<void> {
  await showText(page);
  await page.evaluate((each) => navigator.clipboard.writeText(each), text);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
}

/** Opens an example by its button. */
export async function startFrom(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Start from" }).click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
