/** rp_filter on real servers: loose where answers may leave by another interface than requests come in by. */

import { expect, test } from "vitest";
import { planCluster } from "../../src/plan/host-plan.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";

const twoNetworks = { eth0: "10.0.0.11/24", eth1: "192.168.0.11/24" };
const oneNetwork = { eth0: "10.0.0.11/24" };

/** The rp_filter sysctls that the real server gets, as "NAME VALUE". */
function filters(server: object, service: object = {}): string[] {
  const { cluster, diagnostics } = checkTopology(
    JSON.stringify({
      version: 1,
      name: "paths",
      defaults: { os: "debian-12" },
      hosts: {
        lvs: { interfaces: { eth0: "10.0.0.2/24", eth1: "192.168.0.2/24" } },
        web: server,
      },
      directors: { hosts: ["lvs"] },
      virtualServices: [
        { name: "web", vip: "192.168.0.100", port: 80, realServers: [{ host: "web" }], ...service },
      ],
    }),
    "paths.json",
  );
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  const plan = planCluster(cluster).find(({ host }) => host.name === "web");
  return (plan?.roles ?? []).flatMap(({ resources }) =>
    resources.flatMap((resource) =>
      resource.kind === "sysctl" && resource.name.endsWith(".rp_filter")
        ? [`${resource.name} ${resource.value}`]
        : [],
    ),
  );
}

const loose = ["net.ipv4.conf.eth0.rp_filter 2"];

test.each([
  ["dr, two networks", { interfaces: twoNetworks }, {}, loose],
  ["dr, one network and its gateway", { interfaces: oneNetwork, gateway: "10.0.0.1" }, {}, []],
  ["dr, one network", { interfaces: oneNetwork }, {}, []],
  [
    "dr, a second network of IPv6",
    { interfaces: { eth0: ["10.0.0.11/24", "fd00::11/64"], eth1: "fd01::11/64" } },
    {},
    [],
  ],
  ["nat by a rule for ports, two networks", { interfaces: twoNetworks }, { forwarding: "nat" }, loose],
  [
    "nat by a rule for the address, two networks",
    { interfaces: twoNetworks, os: "centos-7" },
    { forwarding: "nat" },
    [],
  ],
])("%s", (_, server, service, expected) => {
  expect(filters(server, service)).toEqual(expected);
});
