/** A thousand hosts in ranges: no more to do than for a thousand hosts written out. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expandShortForms } from "../../src/topology/short-forms/expand.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { measuredRun, type Work } from "../helpers/work.ts";

const folder = makeFolder();
const racks = [1, 2, 3, 4, 5];

const ranged = {
  version: 1,
  name: "shop",
  defaults: { os: "debian-12" },
  hosts: {
    lb: { interfaces: { eth0: "10.0.0.1/16" } },
    ...Object.fromEntries(
      racks.map((rack) => [`web${rack}-[001:200]`, { interfaces: { eth0: `10.0.${rack}.[1:200]/16` } }]),
    ),
  },
  directors: { hosts: ["lb"] },
  virtualServices: [
    { name: "web", vip: "10.0.0.100", port: 80, realServers: racks.map((rack) => `web${rack}-[001:200]`) },
  ],
};

function write(name: string, value: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}

const total = (work: Work) => [...work.values()].reduce((sum, count) => sum + count, 0);

const files = {
  short: write("short.json", ranged),
  long: write("long.json", expandShortForms(ranged).value),
};

test.each(["validate", "plan"])(
  "%s",
  (command) => {
    const [short, long] = [measuredRun([command, files.short]), measuredRun([command, files.long])];
    expect([short.status, long.status]).toEqual([0, 0]);
    if (command === "plan") expect(short.stdout).toBe(long.stdout);
    expect(total(long.work)).toBeGreaterThan(100_000);
    expect(total(short.work)).toBeLessThan(1.2 * total(long.work));
  },
  120_000,
);
