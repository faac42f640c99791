import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planCluster } from "../../src/plan/host-plan.ts";
import { releaseOrder } from "../../src/plan/release-order.ts";
import type { Resource } from "../../src/plan/resources.ts";
import { clusterArbitrary } from "../helpers/topology-arbitrary.ts";

/** Every role of every host of a cluster that a generator thought of. */
function forEveryRole(
  check: (role: "director" | "real-server", resources: readonly Resource[]) => void,
): void {
  fc.assert(
    fc.property(clusterArbitrary, (cluster) => {
      for (const plan of planCluster(cluster))
        for (const { role, resources } of plan.roles) check(role, resources);
    }),
    { numRuns: 500 },
  );
}

const isArp = (resource: Resource) =>
  resource.kind === "sysctl" && /\.arp_(ignore|announce)$/.test(resource.name);
const isAddress = (resource: Resource) => resource.kind === "address";
const isService = (resource: Resource) => resource.kind === "virtual-service";

function expectAllBefore(
  resources: readonly Resource[],
  first: (resource: Resource) => boolean,
  then: (resource: Resource) => boolean,
): void {
  const last = resources.findLastIndex(first);
  const next = resources.findIndex(then);
  expect(last).toBeGreaterThanOrEqual(0);
  expect(next).toBeGreaterThanOrEqual(0);
  expect(last).toBeLessThan(next);
}

describe("the order of a plan", () => {
  test("on a real server, the ARP sysctls come before every VIP, and go after it", () => {
    forEveryRole((role, resources) => {
      if (role !== "real-server") return;
      expectAllBefore(resources, isArp, isAddress);
      expectAllBefore(releaseOrder(resources), isAddress, isArp);
    });
  });

  test("on a director, the services come before every VIP, and go after it", () => {
    forEveryRole((role, resources) => {
      if (role !== "director") return;
      expectAllBefore(resources, isService, isAddress);
      expectAllBefore(releaseOrder(resources), isAddress, isService);
    });
  });

  test("release is the exact reverse of ensure, but for modules, which stay", () => {
    forEveryRole((_, resources) => {
      const undone = resources.filter(({ kind }) => kind !== "module");
      expect(releaseOrder(resources).toReversed()).toEqual(undone);
    });
  });

  test("a VIP is alone in its prefix, and only a director announces it", () => {
    forEveryRole((role, resources) => {
      for (const resource of resources) {
        if (resource.kind !== "address") continue;
        expect(resource.address).toMatch(/\/32$/);
        expect(resource.announce).toBe(role === "director");
        expect(resource.interface === "lo").toBe(role === "real-server");
      }
    });
  });

  test("nothing is listed twice", () => {
    forEveryRole((_, resources) => {
      const texts = resources.map((resource) => JSON.stringify(resource));
      expect(new Set(texts).size).toBe(texts.length);
    });
  });
});
