/** How the answers of nat servers return is concluded, or a placeholder; never silent. */

import { expect, test } from "vitest";
import { importConf, instance, server, service } from "../helpers/import-conf.ts";

const web = service(server("", "10.0.0.21 80"), "198.51.100.10 80", "NAT");

const outside = (more = "") =>
  instance(`interface eth0\nvirtual_router_id 61\n${more}\nvirtual_ipaddress {\n198.51.100.10\n}`, "VI_EXT");
const inside = (address: string, more = "") =>
  instance(`interface eth1\nvirtual_router_id 62\n${more}\nvirtual_ipaddress {\n${address}\n}`, "VI_INT");
const between = (own: string, peer: string) => `unicast_src_ip ${own}\nunicast_peer {\n${peer}\n}`;

const outsideUnicast = outside(between("198.51.100.11", "198.51.100.12"));
const insideUnicast = inside("10.0.0.1", between("10.0.0.11", "10.0.0.12"));

test.each([
  ["without a prefix length", outside() + inside("10.0.0.1"), "10.0.0.1/24"],
  ["with /32", outside() + inside("10.0.0.1/32"), "10.0.0.1/24"],
  ["with that of its network", outside() + inside("10.0.0.1/16"), "10.0.0.1/16"],
  ["where both directors are known", outsideUnicast + insideUnicast, "10.0.0.1/24"],
])("an inner gateway %s", (_, vrrp, address) => {
  const { topology, notes, errors } = importConf(vrrp + web);
  expect(topology?.directors.vrrp?.addresses).toEqual([{ address, interface: "eth1", virtualRouterId: 62 }]);
  expect(topology?.virtualServices[0]?.nat).toEqual({ returnPath: "default-gateway" });
  expect(notes).toContainEqual(
    expect.objectContaining({
      code: "IMP101",
      pointer: "/virtualServices/0/nat",
      message: expect.stringMatching(/default-gateway is concluded from VI_INT, as its 10.0.0.1 moves/),
    }),
  );
  expect(errors).toEqual([]);
});

test.each([
  ["no address that moves is on the servers' network", outside(), "source-rule"],
  ["nor with two directors", outsideUnicast, "masquerade"],
])("where %s, it is a placeholder", (_, vrrp, returnPath) => {
  const { topology, told, errors } = importConf(vrrp + web);
  expect(topology?.virtualServices[0]?.nat).toEqual({ returnPath });
  expect(told).toMatch(/IMP101 \d+ placeholder: unknown return path/);
  expect(errors).toEqual([]);
});
