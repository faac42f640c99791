/** A topology without a kind of resource follows one with it, on a started host, in a real kernel. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FaultMode } from "../../src/lab/guest/wrappers.ts";
import { planHost } from "../../src/plan/host-plan.ts";
import { scriptParts } from "../../src/render/script-parts.ts";
import { repository } from "../helpers/lvsgen.ts";
import { beforeRelease, isRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { exampleOf } from "./old-hosts/clusters.ts";
import { clusterOf, renderTo, runOwn } from "./own/run-own.ts";
import { afterEarlier, labTopology, type Retired, retired } from "./retired/cases.ts";

function releasable(topology: object, host: string): readonly string[] {
  const cluster = clusterOf(topology);
  const found = cluster.hosts.get(host);
  if (!found) throw new Error(`there is no ${host}`);
  return planHost(cluster, found).roles.flatMap((role) => scriptParts(role).releasable);
}

const lost = ({ first, second, host }: Retired) =>
  releasable(first, host).filter((kind) => !releasable(second, host).includes(kind));

test.each(retired)("$what: the second script has no part for $kinds", (each) => {
  expect(lost(each)).toEqual(expect.arrayContaining([...each.kinds]));
});

test("every kind is lost by a case, but services, which every director has", () => {
  const all = new Set(retired.flatMap(({ first, host }) => releasable(first, host)));
  const covered = new Set(retired.flatMap((each) => lost(each)));
  expect([...all].filter((kind) => !covered.has(kind))).toEqual(["service"]);
});

/** All before a release; in CI one pair is killed at each program. */
function faultsOf(what: string): readonly FaultMode[] {
  if (isRelease) return ["failing", "killed after"];
  return what === "answers by a rule" ? ["killed after"] : [];
}

const piLab = exampleOf("pi-lab");

const ofServer = retired.filter(({ host }) => host === "rs");
const represented = new Set(["address", "rule", "opening"]);

/** Kernels take a share each; every fault of every case is some minutes of each. */
const shares = [
  {
    who: "a real server",
    topology: labTopology,
    cases: beforeRelease(
      ofServer,
      ofServer.filter(({ kinds }) => kinds.some((kind) => represented.has(kind))),
    ),
  },
  { who: "a director", topology: labTopology, cases: retired.filter(({ host }) => host === "lvs") },
  { who: "0.1.0", topology: piLab, cases: afterEarlier(piLab) },
];

describe("what the second script has no part for is released, whatever is killed or fails", () => {
  // In CI three pairs of the real server, of which one is killed.
  test.each(
    beforeRelease(
      shares,
      shares.filter(({ who }) => who === "a real server"),
    ),
  )("after $who", { timeout: 3_000_000 }, async ({ topology, cases }) => {
    const work = temporaryFolder();
    const folder = (name: string, rendered: object) => renderTo(join(work, name), rendered);
    const checks = await runOwn({
      scenario: "retired",
      topology,
      work,
      seconds: 2_900,
      extra: {
        retired: cases.map((each, index) => ({
          what: each.what,
          host: each.host,
          prepare: "prepare" in each ? each.prepare : "",
          first:
            "first" in each ? folder(`first-${index}`, each.first) : join(repository, "test/fixtures/0.1.0"),
          second: folder(`second-${index}`, each.second),
          faults: faultsOf(each.what),
        })),
      },
    });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.length).toBeGreaterThan(5 * cases.length);
  });
});
