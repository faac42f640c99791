/** IP arithmetic on texts. */

import ipaddr from "ipaddr.js";
import type { Family } from "./model.ts";

export interface Cidr {
  /** Canonical text. */
  readonly ip: string;
  /** Bits. */
  readonly prefix: number;
  readonly family: Family;
}

/**
 * The address in canonical text (RFC 5952 for IPv6), or null for what is no address. IPv4 needs four plain
 * decimal parts: leading zeros mean octal to some programs. Zones and IPv4-mapped addresses are none here.
 */
export function canonicalIp(text: string): string | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    const canonical = ipaddr.IPv4.parse(text).toString();
    return canonical === text ? canonical : null;
  }
  if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? null : address.toString();
}

export function familyOf(ip: string): Family {
  return ip.includes(":") ? 6 : 4;
}

/** `address/prefix` in canonical form, or null. */
export function parseCidr(text: string): Cidr | null {
  const [address = "", bits = "", ...rest] = text.split("/");
  const ip = canonicalIp(address);
  if (ip === null || rest.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(bits)) return null;
  const family = familyOf(ip);
  const prefix = Number(bits);
  return prefix <= (family === 4 ? 32 : 128) ? { ip, prefix, family } : null;
}

/** Whether an address lies in the subnet of another. */
export function inSubnet(ip: string, subnet: Cidr): boolean {
  if (familyOf(ip) !== subnet.family) return false;
  return network(ip, subnet.prefix) === network(subnet.ip, subnet.prefix);
}

/** First address of the subnet. */
export function network(ip: string, prefix: number): string {
  const bytes = ipaddr.parse(ip).toByteArray();
  return ipaddr.fromByteArray(bytes.map((byte, index) => byte & maskByte(prefix, index))).toString();
}

/** Last address of the subnet: IPv4's broadcast address. */
export function broadcast(ip: string, prefix: number): string {
  const bytes = ipaddr.parse(ip).toByteArray();
  return ipaddr
    .fromByteArray(bytes.map((byte, index) => byte | (~maskByte(prefix, index) & 0xff)))
    .toString();
}

function maskByte(prefix: number, index: number): number {
  const bits = Math.min(Math.max(prefix - index * 8, 0), 8);
  return (0xff << (8 - bits)) & 0xff;
}

/** Netmask text -> prefix length, or null for a mask with holes. */
export function netmaskPrefix(text: string): number | null {
  return ipaddr.IPv4.isValidFourPartDecimal(text)
    ? ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask()
    : null;
}

/** Kinds of address that no single host can have. */
const specialKinds: ReadonlySet<string> = new Set([
  "unspecified",
  "loopback",
  "multicast",
  "broadcast",
  "reserved",
]);

/** "ordinary", or the kind of special address (IANA's registries, as ipaddr.js has them). */
export function addressKind(ip: string): string {
  const range = ipaddr.parse(ip).range();
  // TEST-NET and its like are "reserved" to ipaddr.js; labs and documents use them as ordinary ones.
  if (range === "reserved")
    return familyOf(ip) === 4 && Number(ip.split(".")[0]) >= 240 ? "reserved" : "ordinary";
  return specialKinds.has(range) ? range : "ordinary";
}
