/** What the page costs: bytes until the first script can be seen, and time while one types. */

import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { expect, test } from "vitest";
import { done, pasteTopology, usePlayground } from "./page.ts";

const playground = usePlayground();

test("the first script is there within 300 kB, compressed", async () => {
  const page = await playground.open();
  await page.context().close();
  const fresh = await (await playground.open()).context().browser()?.newContext();
  const again = await fresh?.newPage();
  if (again === undefined) throw new Error("there is no browser");
  const responses: Response[] = [];
  again.on("response", (response) => responses.push(response));
  await again.goto(playground.url);
  await again.locator(".line").first().waitFor({ state: "attached" });
  const needed = responses.filter(({ url }) => !/code-mirror/.test(url()));
  const sizes = await Promise.all(
    needed
      .filter(({ url }) => url().startsWith("http"))
      .map(async (each) => [each.url(), gzipSync(await each.body()).length] as const),
  );
  expect(sizes.some(([url]) => /worker/.test(url))).toBe(true);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(total, JSON.stringify(sizes)).toBeLessThan(300_000);
  expect(total).toBeGreaterThan(50_000);
  await fresh?.close();
});

/** A director and so many real servers. */
function clusterOf(count: number): string {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const address = (at: number) => `10.0.${at >> 8}.${at & 255}/16`;
  return [
    "version: 1",
    "name: many",
    "defaults: { os: debian-12 }",
    "hosts:",
    "  director: { interfaces: { eth0: 10.0.100.1/16 } }",
    ...numbers.map((at) => `  web${at}: { interfaces: { eth0: ${address(at)} } }`),
    "directors: { hosts: [director] }",
    "virtualServices:",
    "  - name: web",
    "    vip: 10.0.100.100",
    "    port: 80",
    "    realServers:",
    ...numbers.map((at) => `      - { host: web${at} }`),
    "",
  ].join("\n");
}

/** Milliseconds of each task that kept the page from answering, while a comment is typed at the top of the text. */
async function busyWhileTyping(page: Page, count: number): Promise<number> {
  await pasteTopology(page, clusterOf(count));
  await page
    .locator(".line", { hasText: `-r 10.0.${count >> 8}.${count & 255}:80` })
    .first()
    .waitFor();
  await page.getByText("No problems").waitFor();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.evaluate(() => {
    const own = globalThis as unknown as { busy: number[] };
    own.busy = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) own.busy.push(duration);
    }).observe({ type: "longtask" });
  });
  for (let round = 0; round < 4; round++) {
    await page.keyboard.type("# a comment", { delay: 25 });
    await page.keyboard.press("Enter");
    await page.waitForTimeout(400);
  }
  const busy = await page.evaluate(() => (globalThis as unknown as { busy: number[] }).busy);
  return busy.reduce((sum, duration) => sum + duration, 0);
}

test("typing among 200 hosts keeps the page about as busy as among 3", async () => {
  const small = await playground.open();
  const few = await busyWhileTyping(small, 3);
  await done(small);
  const large = await playground.open();
  const many = await busyWhileTyping(large, 200);
  await done(large);
  // 66 times the hosts: what grows with them is the worker's, not the page's.
  expect(many, `${few} ms with 3 hosts, ${many} ms with 200`).toBeLessThan(few * 4 + 600);
});
