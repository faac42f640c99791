/** What schedulers, flags, persistence and kinds of traffic promise is what the kernel does; and a lab that sees it. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CheckEvent } from "../../src/lab/events.ts";
import { releaseTest } from "../helpers/release.ts";
import { generatedScripts } from "./generated.ts";
import { clusterOf } from "./own/run-own.ts";
import { figures, limited, promising } from "./promises.ts";
import { labChecks } from "./run.ts";

const timeout = 1_500_000;

/** By service. */
const balanceOf = (checks: readonly CheckEvent[]): Map<string, CheckEvent> =>
  new Map(checks.map((check) => [check.name.split(" ")[0] ?? "", check]));

/** Scripts whose director does something else than the topology says. */
function brokenScripts(topology: object, edit: (line: string) => string): string {
  const folder = generatedScripts(clusterOf(topology));
  const file = join(folder, "dr/lvs_dr.sh");
  const text = readFileSync(file, "utf8");
  writeFileSync(
    file,
    text.replaceAll(/^-[Aa] .*$/gm, (line) => edit(line)),
  );
  return folder;
}

test("each promise is kept", { timeout }, async () => {
  const cluster = clusterOf(promising);
  const checks = await labChecks(cluster, generatedScripts(cluster), ["balance"]);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const seen = balanceOf(checks);
  expect(seen.size).toBe(promising.virtualServices.length);
  for (const [name, figure] of Object.entries(figures)) expect(seen.get(name)?.figure, name).toBe(figure);
  for (const name of ["sh", "mh", "sh-v6", "sh-tun", "sh-tun-v6"])
    expect(seen.get(name)?.figure, name).toMatch(/^\d\/\d of 8 that stay$/);
  for (const name of ["dh", "sticky-net"])
    expect(seen.get(name)?.figure, name).toMatch(/^(1\/0|0\/1) of 1 that stays$/);
});

releaseTest(
  "a director that goes round its servers all the time breaks every other promise",
  {
    timeout,
  },
  async () => {
    const turns = brokenScripts(promising, (line) =>
      line.replace(/-s [a-z]+/, "-s rr").replace(/ -b \S+/, ""),
    );
    const checks = await labChecks(clusterOf(promising), turns, ["balance"]);
    const wrong = checks.filter(({ ok }) => !ok).map(({ name }) => name.split(" ")[0] ?? "");
    const others = promising.virtualServices
      .map((service) => service as { name: string; scheduler: string })
      // Whether the port counts cannot be told from turns.
      .filter(({ name, scheduler }) => scheduler !== "rr" && !name.endsWith("-port"))
      .map(({ name }) => name);
    expect(new Set(wrong)).toEqual(new Set(others));
  },
);

releaseTest("flags, persistence and one-packet that are not there are seen", { timeout }, async () => {
  const without = brokenScripts(promising, (line) =>
    line.replace(/ (?:-b \S+|-p \d+|-o|--pe sip|-M \S+)(?= |$)/g, ""),
  );
  const checks = await labChecks(clusterOf(promising), without, ["balance"]);
  const wrong = checks.filter(({ ok }) => !ok).map(({ name }) => name.split(" ")[0] ?? "");
  const wanted = promising.virtualServices
    .map((service) => service as { name: string; persistence?: object; onePacket?: boolean })
    .filter(({ name, persistence, onePacket }) => persistence || onePacket || name.endsWith("-port"))
    .map(({ name }) => name);
  expect(new Set(wrong)).toEqual(new Set(wanted));
});

test("thresholds hold", { timeout }, async () => {
  const cluster = clusterOf(limited);
  const checks = await labChecks(cluster, generatedScripts(cluster), ["thresholds"]);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.filter(({ name }) => name.includes("full")).map(({ figure }) => figure)).toEqual([
    expect.stringMatching(/^5 of 5 held/),
    expect.stringMatching(/^5 of 5 held/),
  ]);
});

releaseTest("a lab without thresholds sees it", { timeout }, async () => {
  const unlimited = brokenScripts(limited, (line) => line.replace(/ -x \d+( -y \d+)?/, ""));
  const wrong = await labChecks(clusterOf(limited), unlimited, ["thresholds"]);
  expect(wrong.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(
    ["four", "six"].map((name) => `${name}: a full server gets no new connection`),
  );
});
