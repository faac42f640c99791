/** A director whose VIPs are announced gives up their routes: the others announce them on. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drainTarget } from "../../src/deploy/drain-target.ts";
import { handedOver } from "../../src/deploy/hand-over.ts";
import type { HostStatus, RoleStatus } from "../../src/deploy/status.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { repository } from "../helpers/lvsgen.ts";

const VIP = "203.0.113.10/32";

function anycast(drained: readonly string[] = []): Cluster {
  const topology = JSON.parse(readFileSync(join(repository, "examples/anycast/topology.json"), "utf8"));
  const { cluster } = checkTopology(
    JSON.stringify({ ...topology, directors: { ...topology.directors, drained } }),
    "anycast.json",
  );
  if (cluster === null) throw new Error("the example has errors");
  return cluster;
}

/** Every director has the VIP on lo; which of them announces it, only it can say. */
function director(host: string, announced: readonly string[]): HostStatus {
  const role: Partial<RoleStatus> = {
    role: "lvs_dr",
    state: "running",
    addresses: [{ address: VIP, interface: "lo", state: "present" }],
    announced,
  };
  return { host, roles: [role] } as unknown as HostStatus;
}

test("drain: the other directors that announce are its heirs, and a VIP is given up when it is announced no more", () => {
  const target = drainTarget(anycast(["lb3"]), "lb1");
  expect(target?.shared).toMatchObject([{ address: VIP, heirs: ["lb2"] }]);
  expect(target).toMatchObject({ isServer: false, isSynced: true, noting: ["lb1"], asked: ["lb1", "lb2"] });
  // It announces nothing that it could give up.
  expect(drainTarget(anycast(["lb3"]), "lb3")).toBeNull();

  const shared = target?.shared ?? [];
  const after = (lb1: string[], lb2: string[]) =>
    handedOver([director("lb1", lb1), director("lb2", lb2)], "lb1", shared);
  expect(after([VIP], [VIP])).toEqual([{ address: VIP, host: null }]);
  expect(after([], [])).toEqual([{ address: VIP, host: null }]);
  expect(after([], [VIP])).toEqual([{ address: VIP, host: "lb2" }]);
});
