/** Dialogs, drops, imports that take long, and what is taken away. */

import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { presets } from "../../src/presets/presets.ts";
import { done, pasteTopology, showFiles, topologyText, usePlayground } from "./page.ts";

const playground = usePlayground();

/** One page for all tests; each begins with the first preset. */
let page: Page;
beforeAll(async () => {
  page = await playground.open();
  page.setDefaultTimeout(15_000);
});
afterAll(() => done(page));
beforeEach(async () => {
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await page.goto(playground.url);
  await showFiles(page);
});

/** Other tests may be busy at the same time. */
const poll = <T>(get: () => T | Promise<T>) => expect.poll(get, { timeout: 15_000 });

const dialog = () => page.getByRole("dialog");
const vip = () => page.getByRole("textbox", { name: "VIP", exact: true });
const openImport = () => page.getByRole("button", { name: "Import" }).click();
const text = () => page.getByLabel("Text to import");
const submit = () => dialog().getByRole("button", { name: "Import", exact: true }).click();

async function drop(name: string, content: string | readonly number[]): Promise<void> {
  await page.evaluate(
    ([own, bytes]) => {
      const dataTransfer = new DataTransfer();
      const part = typeof bytes === "string" ? bytes : new Uint8Array(bytes);
      dataTransfer.items.add(new File([part], own));
      for (const type of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, content] as const,
  );
}

test("only a press beside a dialog closes it, and its draft stays", async () => {
  await openImport();
  await text().fill("half of a configuration");
  const box = await text().boundingBox();
  if (box === null) throw new Error("the field is not shown");
  await page.mouse.move(box.x + 50, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  expect(await dialog().count()).toBe(1);
  // Its own padding is no backdrop.
  const outer = await dialog().boundingBox();
  await page.mouse.click((outer?.x ?? 0) + 3, (outer?.y ?? 0) + 3);
  expect(await dialog().count()).toBe(1);
  await page.mouse.click(5, 5);
  await dialog().waitFor({ state: "detached" });
  await openImport();
  expect(await text().inputValue()).toBe("half of a configuration");
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
});

const keepalived = `virtual_server 10.0.0.5 80 {
  lb_algo rr
  lb_kind NAT
  real_server 10.0.0.21 8080 {
  }
  real_server 10.0.0.22 8080 {
  }
}
`;

test("a drop shows what was found, or what the file is", async () => {
  await drop("keepalived.conf", keepalived);
  await dialog().getByText("keepalived.conf is a keepalived configuration.").waitFor();
  await dialog().getByText("virtual services: 1, real servers: 2.", { exact: false }).waitFor();
  expect(await dialog().locator(".import-notes").textContent()).not.toMatch(/--[a-z]|'lvsgen/);
  await dialog().getByRole("button", { name: "Undo" }).click();
  await page.keyboard.press("Escape");
  expect(await topologyText(page)).toBe(presets.dr);
  for (const [name, content, words] of [
    ["a.png", [0x89, 0x50, 0x4e, 0x47, 13], "a.png is a picture."],
    ["backup.tar.gz", [0x1f, 0x8b, 8, 0], "backup.tar.gz is an archive. Unpack it"],
    ["core", [1, 0, 2, 0], "core is not a text file."],
    ["nothing.conf", " \n", "nothing.conf is empty."],
    ["letter.txt", "Dear reader,\n", "letter.txt is none of the kinds that can be imported."],
  ] as const) {
    await drop(name, content);
    await dialog().getByText(words, { exact: false }).waitFor();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  }
  // As Windows' editors save it.
  await drop("utf16.conf", [0xff, 0xfe, ...Buffer.from(keepalived, "utf16le")]);
  await dialog().getByText("utf16.conf is a keepalived configuration.").waitFor();
  await page.keyboard.press("Escape");
});

test("a large import shows progress and is cancelled; edits work meanwhile, and the next import does", async () => {
  const service = (at: number) => `10.${at >> 14}.${(at >> 7) & 127}.${(at & 127) + 1}:80`;
  const table = Array.from(
    { length: 45_000 },
    (_, at) =>
      `-A -t ${service(at)} -s wrr\n-a -t ${service(at)} -r 10.9.0.1:80 -g -w 2\n-a -t ${service(at)} -r 10.9.0.2:80 -g -w 2\n`,
  ).join("");
  expect(table.length).toBeGreaterThan(5_000_000);
  await drop("table", table);
  await dialog().getByRole("progressbar").waitFor();
  await dialog().getByRole("button", { name: "Cancel" }).click();
  await dialog().getByRole("progressbar").waitFor({ state: "detached" });
  await poll(() => page.workers().length).toBe(1);
  // The file is still chosen.
  await dialog().getByText("table", { exact: true }).waitFor();
  await text().fill(keepalived);
  await submit();
  await dialog().getByText("text is a keepalived configuration.").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".line", { hasText: "10.0.0.5:80" }).first().waitFor();
});

test("what is of the last valid topology says so; the topology is in the zip when asked, and saved and copied", async () => {
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const own = presets.dr.replace("192.168.1.100", "192.168.1.77");
  await vip().fill("192.168.1.77");
  await page.locator(".line-changed", { hasText: "192.168.1.77" }).first().waitFor();
  await vip().fill("192.168.1.11");
  await page.getByText("these are the files of the last valid topology", { exact: false }).waitFor();
  await saved("Download last valid");
  const notice = page.locator(".notice");
  await notice.getByText("is of the last valid topology", { exact: false }).waitFor();
  const zip = unzipSync((await saved("Again, with the topology")).bytes);
  expect(strFromU8(zip["topology.yaml"] ?? new Uint8Array())).toBe(own);
  for (const name of ["File", "Host as zip", "Copy"]) {
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name, exact: true }).click();
    await notice.getByText("is of the last valid topology", { exact: false }).waitFor();
  }
  const now = presets.dr.replace("192.168.1.100", "192.168.1.11");
  const file = await saved("Save topology");
  expect([file.name, file.bytes.toString()]).toEqual(["my-cluster.yaml", now]);
  await page.getByRole("button", { name: "Copy topology" }).click();
  await page.locator(".edit-tools").getByText("Copied").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(now);
});

test("copies without the clipboard of the browser, in dialogs, too; where all is refused it says so", async () => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  });
  const pasted = async () => {
    await page.getByRole("textbox", { name: "Name", exact: true }).first().focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+v");
    return page.getByRole("textbox", { name: "Name", exact: true }).first().inputValue();
  };
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByText("Copied").waitFor();
  expect(await pasted()).toContain("#!/bin/sh");
  await page.getByRole("button", { name: "Share" }).click();
  await dialog().getByRole("button", { name: "Copy link" }).click();
  await dialog().getByText("Copied").waitFor();
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  expect(await pasted()).toContain(`${playground.url}#t=`);
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByText("The browser refused", { exact: false }).waitFor();
});

test("Share leaves passwords out until asked, and says what a link to this machine needs", async () => {
  const secret = presets.ha.replace("  vrrp:\n", "  vrrp:\n    authPassword: s3cr3t\n");
  await pasteTopology(page, secret);
  await page
    .getByText("No problems")
    .or(page.getByText("Errors: 0", { exact: false }))
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  await dialog().getByText("is this machine's own", { exact: false }).waitFor();
  const link = dialog().getByLabel("Link", { exact: true });
  await poll(() => link.inputValue()).toContain("#t=");
  const bare = await link.inputValue();
  await dialog().getByRole("checkbox", { name: "With passwords (1 are left out)" }).check();
  const whole = await link.inputValue();
  await page.keyboard.press("Escape");
  for (const [address, expected] of [
    [bare, presets.ha],
    [whole, secret],
  ] as const) {
    await page.evaluate(() => localStorage.clear());
    await page.goto("about:blank");
    await page.evaluate(() => {});
    await page.goto(address);
    await showFiles(page);
    expect(await topologyText(page)).toBe(expected);
  }
});
