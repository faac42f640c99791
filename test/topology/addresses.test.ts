/** IP arithmetic, against ipaddr.js where lvsgen has its own way for IPv4. */

import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect, test } from "vitest";
import {
  addressKind,
  broadcast,
  canonicalIp,
  inSubnet,
  netmaskPrefix,
  network,
  parseCidr,
} from "../../src/topology/addresses.ts";

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6();

test("canonical text is ipaddr.js's, but for what is refused", () => {
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), (text) => {
      const parsed = ipaddr.parse(text);
      const mapped = parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress();
      expect(canonicalIp(text)).toBe(mapped ? null : parsed.toString());
    }),
  );
});

test.each([
  "1.2.3",
  "1.2.3.4.",
  ".1.2.3.4",
  "01.2.3.4",
  "1.2.3.256",
  "1.2.3.4 ",
  "0x1.2.3.4",
  "1.2.3.4/24",
  "::ffff:1.2.3.4",
  "fe80::1%eth0",
  "",
  ":",
  "1:2",
  "::g",
])("%j is no address", (text) => {
  expect(canonicalIp(text)).toBeNull();
});

test("a subnet holds what ipaddr.js says it holds", () => {
  fc.assert(
    fc.property(ipv4, ipv4, fc.nat(32), (ip, other, prefix) => {
      // Half of them near each other: unrelated addresses share short prefixes only.
      for (const near of [other, broadcast(ip, prefix), network(ip, prefix)]) {
        const expected = ipaddr.IPv4.parse(near).match(ipaddr.IPv4.parse(ip), prefix);
        expect(inSubnet(near, { ip, prefix, family: 4 })).toBe(expected);
      }
    }),
  );
  expect(inSubnet("fd00::2", { ip: "fd00::1", prefix: 64, family: 6 })).toBe(true);
  expect(inSubnet("fd01::2", { ip: "fd00::1", prefix: 64, family: 6 })).toBe(false);
  expect(inSubnet("10.0.0.1", { ip: "fd00::1", prefix: 0, family: 6 })).toBe(false);
});

test("network, broadcast, prefixes and masks", () => {
  expect([network("10.1.2.3", 9), broadcast("10.1.2.3", 9)]).toEqual(["10.0.0.0", "10.127.255.255"]);
  expect(parseCidr("FD00:0::1/64")).toEqual({ ip: "fd00::1", prefix: 64, family: 6 });
  for (const wrong of [
    "10.0.0.1",
    "10.0.0.1/33",
    "10.0.0.1/024",
    "10.0.0.1/",
    "10.0.0.1/1/1",
    "fd00::/129",
  ]) {
    expect(parseCidr(wrong), wrong).toBeNull();
  }
  expect([netmaskPrefix("255.255.255.0"), netmaskPrefix("255.0.255.0")]).toEqual([24, null]);
});

test.each([
  ["0.0.0.0", "unspecified"],
  ["127.1.2.3", "loopback"],
  ["224.0.0.81", "multicast"],
  ["255.255.255.255", "reserved"],
  ["192.0.2.1", "ordinary"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["ff02::1", "multicast"],
  ["fe80::1", "ordinary"],
])("%s is %s", (ip, kind) => {
  expect(addressKind(ip)).toBe(kind);
});
