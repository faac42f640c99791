/** Clusters as somebody writes them who has read no reference: they validate, and mean what they say. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";

const folder = new URL("../fixtures/newcomer/", import.meta.url);

/** `NAME PROTOCOL VIP PORT to SERVERS` of each service. */
const meant: Readonly<Record<string, readonly string[]>> = {
  "three-pis.yaml": ["web tcp 192.168.1.100 80 to pi2 pi3"],
  "two-directors.yaml": [
    "shop-80 tcp 10.0.0.100 80 to web1 web2 web3 web4",
    "shop-443 tcp 10.0.0.100 443 to web1 web2 web3 web4",
  ],
  "nat.yaml": [80, 8000, 8001, 8002, 8003].map(
    (port) => `app-${port} tcp 192.168.0.100 ${port} to app1 app2`,
  ),
  "dns.yaml": [
    "dns4-tcp tcp 192.0.2.53 53 to ns1 ns2",
    "dns4-udp udp 192.0.2.53 53 to ns1 ns2",
    "dns6-tcp tcp 2001:db8::53 53 to ns1 ns2",
    "dns6-udp udp 2001:db8::53 53 to ns1 ns2",
  ],
};

test("each file is here", () => {
  expect(readdirSync(folder).toSorted()).toEqual(Object.keys(meant).toSorted());
});

test.each(Object.entries(meant))("%s", (file, services) => {
  const { cluster, diagnostics } = checkTopology(readFileSync(new URL(file, folder), "utf8"), file);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(
    cluster?.services.map(
      ({ name, protocol, vip, port, realServers }) =>
        `${name} ${protocol} ${vip} ${port} to ${realServers.map(({ host }) => host).join(" ")}`,
    ),
  ).toEqual(services);
});
