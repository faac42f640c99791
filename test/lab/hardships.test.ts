/** What befalls a host in life, in a real kernel and in each shell. */

import { expect, test } from "vitest";
import type { Interpreter } from "../../src/lab/spec.ts";
import { beforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { hardships } from "./hardships/cases.ts";
import { runOwn } from "./own/run-own.ts";

const topology = {
  version: 1,
  name: "hardships",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.8.0.1/24" } },
    rs: { interfaces: { eth0: "10.8.0.2/24" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    { name: "web", vip: "10.8.0.200", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] },
  ],
  timeouts: { tcp: 30 },
};

test.each(beforeRelease<Interpreter>(["dash", "bash", "busybox", "yash"], ["dash"]))(
  "under %s, scripts take what befalls a host",
  async (interpreter) => {
    const checks = await runOwn({ scenario: "hardships", topology, work: temporaryFolder(), interpreter });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks).toHaveLength(hardships.flatMap(({ steps }) => steps).length);
  },
  500_000,
);
