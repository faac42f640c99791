/** What the page costs: bytes until the first script can be seen, and what it does while one types. */

import type { CDPSession, Response } from "playwright-core";
import { expect, test } from "vitest";
import { releaseTest } from "../helpers/release.ts";
import { growingBlocks, type ScriptCoverage, type Work, workOf } from "../helpers/work.ts";
import { done, pasteTopology, usePlayground } from "./page.ts";

const playground = usePlayground();

test("the first result is there within 260 kB, as the server sends them; the editor comes later, and a plain field does until then", async () => {
  const responses: Response[] = [];
  const page = await playground.open({
    prepare: async (fresh) => {
      await fresh.route(/code-mirror/, (route) => route.abort());
      fresh.on("response", (response) => responses.push(response));
    },
  });
  const sizes = await Promise.all(
    responses.map(
      async (each) => [each.url(), Number((await each.allHeaders())["content-length"] ?? 0)] as const,
    ),
  );
  expect(sizes.some(([url]) => /worker/.test(url))).toBe(true);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(total, JSON.stringify(sizes)).toBeLessThan(260_000);
  expect(total).toBeGreaterThan(50_000);
  await page.getByRole("tab", { name: "Text", exact: true }).click();
  const area = page.getByRole("textbox", { name: "Topology as text" });
  await area.fill((await area.inputValue()).replace("192.168.1.100", "192.168.1.101"));
  await page.locator(".line-changed", { hasText: "192.168.1.101" }).first().waitFor();
  await page.context().close();
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

const lines = 8;

/** With 200 hosts some blocks are run 12 000 times when all of the page is drawn: twice, but not at each line. */
const drawnAtEachLine = 25_000;

/** How often its most busy block was run. */
function busiest(scripts: readonly ScriptCoverage[]): number {
  const counts = scripts.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
  return Math.max(0, ...counts.map(({ count }) => count));
}

/** What the page's own thread runs while a comment is typed at the top of a cluster of so many real servers. */
async function workOfTyping(count: number): Promise<Work> {
  let session: CDPSession | undefined;
  const page = await playground.open({
    // From the first: what was compiled before is counted by function, not by block.
    prepare: async (fresh) => {
      session = await fresh.context().newCDPSession(fresh);
      await session.send("Profiler.enable");
      await session.send("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    },
  });
  await pasteTopology(page, clusterOf(count));
  await page
    .locator(".line", { hasText: `-r 10.0.${count >> 8}.${count & 255}:80` })
    .first()
    .waitFor();
  await page.getByText("No problems").waitFor();
  await page.keyboard.press("ControlOrMeta+Home");
  const take = async () => (await session?.send("Profiler.takePreciseCoverage"))?.result ?? [];
  // Counts begin at zero after each look: until it is drawn, and at rest.
  await expect.poll(async () => busiest(await take()), { timeout: 60_000 }).toBeLessThan(50);
  for (let round = 0; round < lines; round++) {
    await page.keyboard.type("# a comment", { delay: 25 });
    await page.keyboard.press("Enter");
    await page.waitForTimeout(400);
  }
  const work = workOf(await take());
  await done(page);
  return work;
}

releaseTest("typing among 200 hosts gives the page little more to do than among 3", async () => {
  const few = await workOfTyping(3);
  const many = await workOfTyping(200);
  // 66 times the hosts: what grows with them is the worker's, and the editor's own parts of a longer text.
  const growing = growingBlocks(few, many, 4, drawnAtEachLine).filter((name) => !/^code-mirror/.test(name));
  expect(growing).toEqual([]);
});
