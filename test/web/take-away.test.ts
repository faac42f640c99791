/** What comes in by paste, drop and link, and what goes out by link; nothing that comes in becomes a part of the page. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { presets } from "../../src/presets/presets.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { beforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { done, pasteTopology, shownFile, startFrom, topologyText, usePlayground } from "./page.ts";

const playground = usePlayground();

async function linkOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await expect.poll(() => dialog.getByLabel("Link", { exact: true }).inputValue()).toContain("#t=");
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await dialog.getByText("Copied").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  return page.evaluate(() => navigator.clipboard.readText());
}

test("a link brings the same topology to another browser, comments and format included", async () => {
  const page = await playground.open();
  await page.getByRole("textbox", { name: "VIP" }).fill("192.168.1.77");
  await page.locator(".line", { hasText: "192.168.1.77" }).first().waitFor();
  const link = await linkOf(page);
  expect(link.startsWith(`${playground.url}#t=`)).toBe(true);
  expect(link.length).toBeLessThan(2000);
  await done(page);
  const other = await playground.open({ fragment: new URL(link).hash });
  expect(await topologyText(other)).toBe(presets.dr.replace("192.168.1.100", "192.168.1.77"));
  await startFrom(other, "everything");
  const json = await linkOf(other);
  await done(other);
  const third = await playground.open({ fragment: new URL(json).hash });
  expect(await topologyText(third)).toBe(
    readFileSync(join(repository, "examples/everything/topology.json"), "utf8"),
  );
  expect(await third.getByRole("radio", { name: "JSON" }).isChecked()).toBe(true);
  await done(third);
});

const unreadable = [
  ["no base64", "#t=ä$", "characters that no such link has"],
  ["no compressed text", "#t=AAAA", ""],
  [
    "another text",
    `#t=${deflateRawSync("hello").toString("base64url")}`,
    "not in the form of a shared topology",
  ],
  [
    "too much of it",
    `#t=${deflateRawSync(Buffer.alloc(8 * 1024 * 1024, 97)).toString("base64url")}`,
    "larger than 4 MiB",
  ],
] as const;

test.each(beforeRelease(unreadable, unreadable.slice(0, 1)))(
  "a link with %s is reported, and the page starts as without it",
  async (_name, fragment, reason) => {
    const page = await playground.open({ fragment });
    const notice = page.locator(".notice", { hasText: "The link's topology cannot be read" });
    await notice.waitFor();
    expect(await notice.textContent()).toContain(reason);
    expect(await topologyText(page)).toBe(presets.dr);
    await done(page);
  },
);

const table = "-A -t 10.0.0.5:80 -s wrr\n-a -t 10.0.0.5:80 -r 10.0.0.21:80 -g -w 2\n";
const keepalived = `virtual_server 10.0.0.5 80 {
  lb_algo rr
  lb_kind NAT
  real_server 10.0.0.21 8080 {
    TCP_CHECK {
    }
  }
}
`;

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByLabel("Text to import").fill(text);
  await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
}

test.each([
  ["the output of ipvsadm -Sn", table],
  ["a keepalived.conf", keepalived],
])("%s is imported as by the command line, with its notes", async (_name, text) => {
  const page = await playground.open();
  await paste(page, text);
  const { stdout } = lvsgen(["import", "-", "--to", "yaml"], { input: text });
  await page.getByRole("heading", { name: "Notes of the import" }).waitFor();
  const notes = await page.locator(".import-notes .problem").count();
  const { diagnostics } = JSON.parse(lvsgen(["import", "-", "--format", "json"], { input: text }).stdout) as {
    diagnostics: { code: string }[];
  };
  expect(notes).toBe(diagnostics.filter(({ code }) => code.startsWith("IMP")).length);
  await page.keyboard.press("Escape");
  // What is pasted has another name than standard input.
  expect(await topologyText(page)).toBe(stdout.replaceAll("standard input:", "text:"));
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => topologyText(page)).toBe(presets.dr);
  await done(page);
});

test("a pasted topology stays as it is; what is none is refused with a remedy", async () => {
  const page = await playground.open();
  await paste(page, presets.tun);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await topologyText(page)).toBe(presets.tun);
  await paste(page, "just some words");
  await page.getByRole("heading", { name: "Nothing was imported." }).waitFor();
  expect(await page.locator(".import-notes").textContent()).toContain("run 'ipvsadm -Sn' on the director");
  await page.keyboard.press("Escape");
  expect(await topologyText(page)).toBe(presets.tun);
  await done(page);
});

test("a file that is dropped on the page is opened", async () => {
  const page = await playground.open();
  const file = join(temporaryFolder(), "cluster.yaml");
  writeFileSync(file, presets.ha);
  // The browser's own drop: it empties the list of files as soon as the page has heard of it.
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
  await page.getByText("cluster.yaml opened").waitFor();
  expect(await topologyText(page)).toBe(presets.ha);
  await done(page);
});

test("a file that is chosen is imported", async () => {
  const page = await playground.open();
  await page.getByRole("button", { name: "Import" }).click();
  await page
    .getByLabel("Choose files")
    .setInputFiles({ name: "table", mimeType: "text/plain", buffer: Buffer.from(table) });
  await page.getByRole("heading", { name: "Notes of the import" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => shownFile(page)).toContain("10.0.0.5:80");
  await done(page);
});

/** Markup that would do something if any of it were taken for HTML. */
const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>";

test("hostile values are text everywhere", async () => {
  const page = await playground.open();
  page.on("dialog", () => expect.unreachable("something of the topology ran"));
  const count = () => page.evaluate(() => document.querySelectorAll("img, script, iframe, object").length);
  const before = await count();
  const topology = {
    version: 1,
    name: hostile,
    hosts: { [hostile]: { interfaces: { [hostile]: hostile }, os: hostile } },
    directors: { hosts: [hostile], engine: hostile },
    virtualServices: [{ name: hostile, vip: hostile, port: hostile, realServers: [{ host: hostile }] }],
    [hostile]: 1,
  };
  await pasteTopology(page, JSON.stringify(topology, null, 1));
  await page.locator(".problem").nth(5).waitFor();
  await page.getByRole("tab", { name: "Form" }).click();
  await page.locator(".field-problem").first().waitFor();
  expect(await page.getByRole("textbox", { name: "VIP" }).inputValue()).toBe(hostile);
  expect(await count()).toBe(before);
  await paste(
    page,
    `virtual_server 10.0.0.5 80 {\n  ${hostile.split(">")[0]}> yes\n  real_server 10.0.0.6 80 {\n  }\n}\n`,
  );
  await page.locator(".import-notes .problem").first().waitFor();
  expect(await page.locator(".import-notes").textContent()).toContain('unknown keyword "<img"');
  expect(await count()).toBe(before);
  await done(page);
});

test("the worker and the page make no code at run time, and the page asks for nothing from elsewhere", async () => {
  const page = await playground.open();
  // In a task of its own: what the debugger evaluates itself is not asked for leave.
  const makesCode = () =>
    new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String(new Function("return 'made'")()));
        } catch (error) {
          resolve((error as Error).name);
        }
      });
    });
  expect(await page.evaluate(makesCode)).toBe("EvalError");
  const [worker] = page.workers();
  expect(await worker?.evaluate(makesCode)).toBe("EvalError");
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(asked.every((name) => name.startsWith(playground.url) || name.startsWith("data:"))).toBe(true);
  await page.context().close();
});
