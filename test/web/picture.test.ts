/** The picture: zoom, pan, fit and full screen; drawn well with 200 servers and with long names. */

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { done, pasteTopology, startFrom, usePlayground } from "./page.ts";

const playground = usePlayground();

/** Servers whose names have no numbers in step, so that each is drawn. */
function clusterOf(names: readonly string[]): string {
  return [
    "version: 1",
    "name: many",
    "defaults: { os: debian-12 }",
    `hosts:\n  ${"director-".repeat(6)}abc: { interfaces: { eth0: 10.0.100.1/16 } }`,
    ...names.map((name, at) => `  ${name}: { interfaces: { eth0: 10.0.${(at * 37) % 99}.${at + 1}/16 } }`),
    `directors: { hosts: [${"director-".repeat(6)}abc] }`,
    "virtualServices:",
    `  - { name: web, vip: 10.0.100.100, port: 80, realServers: [${names.join(", ")}] }`,
    "",
  ].join("\n");
}

const letters = "mwqkxazodb";
const two = (at: number) => `${letters[at % 10]}${letters[Math.floor(at / 10) % 10]}`;
const scattered = Array.from(
  { length: 200 },
  (_, at) => `${two(at * 7)}-${two(at)}${letters[at % 7]}-${two(at * 3)}`,
);
const long = Array.from({ length: 3 }, (_, at) => `${"server-of-a-fleet-".repeat(3)}rack${two(at)}`);

const middle = Array.from(
  { length: 6 },
  (_, at) => `${"server-of-a-fleet-".repeat(2)}rack-${two(at)}-in-hall-bb`,
);

/** Texts that go out of the innermost box in which they begin. */
async function spilled(page: Page, svg: string): Promise<string[]> {
  const blank = await page.context().newPage();
  await blank.setContent(svg);
  const found = await blank.evaluate(() => {
    const boxes = [...document.querySelectorAll<SVGRectElement>("rect.cell, rect.vip, rect.frame")].map(
      (each) => each.getBBox(),
    );
    return [...document.querySelectorAll<SVGTextElement>("text.name, text.strong, text.address")].flatMap(
      (text) => {
        const own = text.getBBox();
        const around = boxes.filter(
          ({ x, y, width, height }) =>
            own.x >= x && own.x <= x + width && own.y >= y - 2 && own.y <= y + height,
        );
        const [inner] = around.toSorted((a, b) => a.width - b.width);
        return inner !== undefined && own.x + own.width > inner.x + inner.width
          ? [text.textContent ?? ""]
          : [];
      },
    );
  });
  await blank.close();
  return found;
}

test("200 servers and long names stay in their boxes, and differ", async () => {
  const page = await playground.open();
  await page.getByRole("tab", { name: "Picture" }).click();
  const image = page.locator(".picture-box img");
  const svg = async () =>
    decodeURIComponent(((await image.getAttribute("src")) ?? "").replace(/^[^,]*,/, ""));
  for (const [names, caption] of [
    [scattered, "Directors: 1, services: 1, servers: 200"],
    [long, "Directors: 1, services: 1, servers: 3"],
    [middle, "Directors: 1, services: 1, servers: 6"],
  ] as const) {
    await pasteTopology(page, clusterOf(names));
    await page.getByText(caption, { exact: true }).waitFor();
    const drawing = await svg();
    expect(await spilled(page, drawing)).toEqual([]);
    const shown = [...drawing.matchAll(/class="name"[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.filter((name = "") => name.length > 40)).toEqual([]);
    const [, width = 0, height = 0] = /width="(\d+)" height="(\d+)"/.exec(drawing) ?? [];
    expect(Number(height) / Number(width)).toBeLessThan(1);
  }
  await done(page);
});

test("it fits at first, is enlarged, moved by dragging, fits again, and fills the screen", async () => {
  const page = await playground.open({ isFirst: true });
  const box = page.locator(".picture-box");
  const image = box.locator("img");
  await image.waitFor();
  const overflow = () =>
    box.evaluate((own) => [own.scrollWidth > own.clientWidth, own.scrollHeight > own.clientHeight]);
  for (const width of [820, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(overflow).toEqual([false, false]);
  }
  await startFrom(page, "everything");
  await page.getByRole("img", { name: /^Picture of everything/ }).waitFor();
  await expect.poll(overflow).toEqual([false, false]);
  const larger = page.getByRole("button", { name: "Larger" });
  for (let presses = 0; presses < 8; presses++) await larger.click();
  await expect.poll(overflow).toEqual([true, true]);
  const { x, y, width, height } = (await box.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const before = await box.evaluate((own) => own.scrollTop);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - 60, y + height / 2 - 80);
  await page.mouse.up();
  expect(await box.evaluate((own) => own.scrollTop)).toBe(before + 80);
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await expect.poll(overflow).toEqual([false, false]);
  await page.getByRole("button", { name: "Full screen" }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toBe("picture");
  await page.getByRole("button", { name: "Full screen" }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBe(null);
  await done(page);
});
