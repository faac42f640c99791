/**
 * Clusters on hosts with the shells and tools of CentOS 6 and 7, Debian 8 and 9, in a real kernel. CI has what is spelled
 * otherwise, and the route that an old iproute2 prints with two spaces; a release has every example on every system.
 */

import { join } from "node:path";
import { expect, test } from "vitest";
import { isRelease } from "../../helpers/release.ts";
import { temporaryFolder } from "../../helpers/temporary.ts";
import { renderTo, runOwn } from "../own/run-own.ts";
import { exampleOf, oldExamples, on, spelledOtherwise } from "./clusters.ts";
import { type OldSystem, oldSystems } from "./systems.ts";

const clusters = [
  {
    name: "what is spelled otherwise",
    topology: spelledOtherwise,
    systems: isRelease ? oldSystems : [oldSystems[0], oldSystems[3]],
  },
  ...(isRelease ? oldExamples.map((name) => ({ name, topology: exampleOf(name), systems: oldSystems })) : []),
];

test.each(clusters)("$name", { timeout: 1_500_000 }, async ({ topology, systems }) => {
  const work = temporaryFolder();
  const runs = systems.map((system: OldSystem, at: number) => ({
    system,
    folder: renderTo(join(work, `system-${at}`), on(system, topology)),
  }));
  const checks = await runOwn({
    scenario: "old-hosts",
    topology: on({ os: "debian-9" }, topology),
    work,
    extra: { oldHosts: { runs } },
    seconds: 1400,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  // Nine verbs and the comparison with before, on every host of every system.
  expect(checks).toHaveLength(10 * Object.keys(topology.hosts).length * systems.length);
});
