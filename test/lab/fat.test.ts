/** A file system that ignores case and keeps no modes, in a real kernel that has one. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { quoteWord } from "../../src/base/quote-word.ts";
import { cli } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import type { Fat } from "./fat/scenario.ts";
import { runOwn } from "./own/run-own.ts";

const topology = {
  version: 1,
  name: "card",
  defaults: { os: "debian-12" },
  hosts: {
    d1: { interfaces: { eth0: "10.8.0.1/24" } },
    d2: { interfaces: { eth0: "10.8.0.2/24" } },
    rs: { interfaces: { eth0: "10.8.0.3/24" } },
  },
  directors: { hosts: ["d1", "d2"], engine: "keepalived", vrrp: { authPassword: "Zk8w_q7" } },
  virtualServices: [
    { name: "web", vip: "10.8.0.200", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] },
  ],
};

test("FAT: written, fresh, the same by another spelling; passwords that others can read have a warning", {
  timeout: 500_000,
}, async () => {
  const work = temporaryFolder();
  const file = join(work, "topology.json");
  writeFileSync(file, JSON.stringify(topology));
  const extra: { fat: Fat } = {
    fat: { lvsgen: [process.execPath, cli].map(quoteWord).join(" "), topology: quoteWord(file) },
  };
  const checks = await runOwn({ scenario: "fat", topology, work, extra });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks).toHaveLength(7);
});
