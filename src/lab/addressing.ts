/** Subnets of a cluster and free addresses in them. */

import ipaddr from "ipaddr.js";
import { LabBroken } from "./backends/backend.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Network of an interface address in CIDR form, e.g. `192.168.1.0/24`. */
export function networkOf(ip: string, prefix: number): string {
  const cidr = `${ip}/${prefix}`;
  const network =
    ipaddr.parse(ip).kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
      : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${prefix}`;
}

/** Whether an address lies in a subnet (of the same family). */
export function contains(cidr: string, ip: string): boolean {
  const [network, prefix] = ipaddr.parseCIDR(cidr);
  const address = ipaddr.parse(ip);
  return address.kind() === network.kind() && address.match(network, prefix);
}

export function prefixOf(cidr: string): number {
  return ipaddr.parseCIDR(cidr)[1];
}

/**
 * The highest address of a subnet that nobody has; highest, because people number from the bottom.
 *
 * @throws LabBroken when the subnet is full.
 */
export function freeAddress(cidr: string, taken: ReadonlySet<string>): string {
  const [network, prefix] = ipaddr.parseCIDR(cidr);
  const bits = network.kind() === "ipv4" ? 32 : 128;
  const size = Math.min(2 ** (bits - prefix), 65536);
  for (let host = size - 2; host > 0; host--) {
    const candidate = add(network, host).toString();
    if (!taken.has(candidate)) return candidate;
  }
  throw new LabBroken(
    `the lab cannot be laid out: ${cidr} has no free address for its clients or its router; a wider prefix would`,
  );
}

/** Address plus a number below 65 536. */
function add(network: Address, offset: number): Address {
  const bytes = network.toByteArray();
  let carry = offset;
  for (let index = bytes.length - 1; index >= 0 && carry > 0; index--) {
    const sum = (bytes[index] ?? 0) + carry;
    bytes[index] = sum & 0xff;
    carry = sum >> 8;
  }
  return ipaddr.fromByteArray(bytes);
}
