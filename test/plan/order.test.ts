/** Plans that a generator thinks of come in an order that is safe on the way up, and backwards on the way down. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planCluster } from "../../src/plan/host-plan.ts";
import { releaseOrder } from "../../src/plan/release-order.ts";
import type { Resource } from "../../src/plan/resources.ts";
import { clusterArbitrary } from "../helpers/topology-arbitrary.ts";

const seed = Date.now();

/** Made once for all tests: that is what takes the time. */
const plans = fc.sample(clusterArbitrary, { numRuns: 500, seed }).map((cluster) => planCluster(cluster));

/** Every role of every host of a cluster that a generator thought of. */
function forEveryRole(
  check: (role: "director" | "real-server", resources: readonly Resource[]) => void,
): void {
  for (const [number, hosts] of plans.entries())
    for (const { host, roles } of hosts)
      for (const { role, resources } of roles)
        try {
          check(role, resources);
        } catch (cause) {
          throw new Error(`seed ${seed}, cluster ${number}, ${host.name}: ${cause}`, { cause });
        }
}

const isArp = (resource: Resource) =>
  resource.kind === "sysctl" && /\.arp_(ignore|announce)$/.test(resource.name);
const isSysctl = (resource: Resource) => resource.kind === "sysctl";
const isAddress = (resource: Resource) => resource.kind === "address";
const isAddress4 = (resource: Resource) => resource.kind === "address" && resource.address.endsWith("/32");
/** That neighbours ask for, and hear of. */
const isShown = (resource: Resource) => resource.kind === "address" && resource.announce;
const isService = (resource: Resource) => resource.kind === "virtual-service";
const isTable = (resource: Resource) => isService(resource) || resource.kind === "keepalived";
const isAnnouncement = (resource: Resource) => resource.kind === "announcement";
const isMark = (resource: Resource) => resource.kind === "firewall-rule";
const isOpening = (resource: Resource) => resource.kind === "opening";
const isRoute = (resource: Resource) => resource.kind === "route" && resource.table !== null;
const isRule = (resource: Resource) => resource.kind === "rule";
const isTunnel = (resource: Resource) => resource.kind === "link" || resource.kind === "fou";
const isModule = (resource: Resource) => resource.kind === "module";

/** @returns whether there was anything to compare */
function expectAllBefore(
  resources: readonly Resource[],
  early: (resource: Resource) => boolean,
  late: (resource: Resource) => boolean,
): boolean {
  const last = resources.findLastIndex(early);
  const next = resources.findIndex(late);
  if (last === -1 || next === -1) return false;
  expect(last).toBeLessThan(next);
  return true;
}

/** What comes before what on the way up, and after it on the way down; `needs`: never without. */
const orders = [
  { role: "real-server", what: "ARP sysctls before IPv4 VIPs", early: isArp, late: isAddress4, needs: true },
  { role: "real-server", what: "sysctls before VIPs", early: isSysctl, late: isAddress, needs: false },
  { role: "real-server", what: "a tunnel's end before VIPs", early: isTunnel, late: isAddress, needs: false },
  { role: "real-server", what: "a table before its rules", early: isRoute, late: isRule, needs: true },
  { role: "real-server", what: "modules before devices", early: isModule, late: isTunnel, needs: true },
  { role: "real-server", what: "openings before VIPs", early: isOpening, late: isAddress, needs: false },
  { role: "director", what: "openings before services", early: isOpening, late: isService, needs: false },
  { role: "director", what: "services before VIPs", early: isService, late: isShown, needs: true },
  { role: "director", what: "services before routers", early: isTable, late: isAnnouncement, needs: true },
  { role: "director", what: "VIPs before routers", early: isAddress, late: isAnnouncement, needs: true },
  { role: "director", what: "firewall rules before services", early: isMark, late: isService, needs: false },
  { role: "director", what: "sysctls before services", early: isSysctl, late: isService, needs: true },
] as const;

describe("the order of a plan", () => {
  test.each(orders)("on a $role: $what", ({ role, early, late, needs }) => {
    let seen = 0;
    forEveryRole((its, resources) => {
      if (its !== role) return;
      if (expectAllBefore(resources, early, late)) seen += 1;
      else if (needs) expect(resources.filter(late)).toEqual([]);
      expectAllBefore(releaseOrder(resources), late, early);
    });
    // The generator thinks of it often enough for this to mean something.
    expect(seen).toBeGreaterThan(20);
  });

  test("release is the exact reverse of ensure, but for modules and the order of servers, which stay", () => {
    forEveryRole((_, resources) => {
      const undone = resources.filter(({ kind }) => kind !== "module" && kind !== "server-order");
      expect(releaseOrder(resources).toReversed()).toEqual(undone);
    });
  });

  test("a VIP is alone in its prefix, and only a director announces it", () => {
    forEveryRole((role, resources) => {
      for (const resource of resources) {
        if (resource.kind !== "address") continue;
        expect(resource.address).toMatch(resource.address.includes(":") ? /\/128$/ : /\/32$/);
        // A real server has it where no neighbour is: on lo, or on the device that its tunnel comes out of. So does a
        // director whose routers hear of it.
        const isHidden = /^(lo|tunl0|gre0|ip6tnl0|ip6gre0)$/.test(resource.interface);
        expect(isHidden).toBe(role === "real-server" || resources.some(isAnnouncement));
        expect(resource.announce).toBe(!isHidden);
        if (isHidden && role === "director") expectAllBefore(resources, isArp, isAddress);
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
