/** IP arithmetic on texts. */

import ipaddr from "ipaddr.js";
import { phrase } from "../languages/say.ts";
import type { Family } from "./model.ts";

export interface Cidr {
  /** Canonical text. */
  readonly ip: string;
  /** Bits. */
  readonly prefix: number;
  readonly family: Family;
}

/** A byte without leading zeros, four times: the only text of an IPv4 address here, so it is canonical. */
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * The address in canonical text (RFC 5952 for IPv6), or null for anything else. IPv4 needs four plain
 * decimal parts: leading zeros mean octal to some programs. Zones and IPv4-mapped addresses are refused.
 */
export function canonicalIp(text: string): string | null {
  if (ipv4.test(text)) return text;
  // Most other texts have no two colons, and ipaddr.js takes long to refuse them.
  if (text.indexOf(":") === text.lastIndexOf(":")) return null;
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
  if (subnet.family === 4) return ((ipv4Bits(ip) ^ ipv4Bits(subnet.ip)) & ipv4Mask(subnet.prefix)) === 0;
  return network(ip, subnet.prefix) === network(subnet.ip, subnet.prefix);
}

/** The 32 bits; clusters have thousands of these, and ipaddr.js takes ten times as long. */
function ipv4Bits(ip: string): number {
  let bits = 0;
  let byte = 0;
  for (let at = 0; at < ip.length; at++) {
    const code = ip.charCodeAt(at);
    if (code === DOT) {
      bits = (bits << 8) | byte;
      byte = 0;
    } else byte = byte * 10 + code - ZERO;
  }
  return (bits << 8) | byte;
}

const DOT = 46;
const ZERO = 48;

function ipv4Text(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 0xff}.${(bits >>> 8) & 0xff}.${bits & 0xff}`;
}

/** The address so many further on; after the last one comes the first. */
export function ipv4After(ip: string, offset: number): string {
  return ipv4Text((ipv4Bits(ip) + offset) | 0);
}

/** JavaScript shifts by the count's low five bits, so that 32 would be 0. */
function ipv4Mask(prefix: number): number {
  return prefix === 0 ? 0 : -1 << (32 - prefix);
}

/** Equal for two addresses of one family exactly if they are in one subnet. */
export function networkKey(ip: string, prefix: number): number | string {
  return familyOf(ip) === 4 ? ipv4Bits(ip) & ipv4Mask(prefix) : network(ip, prefix);
}

/** First address of the subnet. */
export function network(ip: string, prefix: number): string {
  if (familyOf(ip) === 4) return ipv4Text(ipv4Bits(ip) & ipv4Mask(prefix));
  const bytes = ipaddr.parse(ip).toByteArray();
  return ipaddr.fromByteArray(bytes.map((byte, index) => byte & maskByte(prefix, index))).toString();
}

/** Last address of the subnet: IPv4's broadcast address. */
export function broadcast(ip: string, prefix: number): string {
  if (familyOf(ip) === 4) return ipv4Text(ipv4Bits(ip) | ~ipv4Mask(prefix));
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

/** "ordinary", or the kind of an address that no single host can have (IANA's special-purpose registries). */
export function addressKind(ip: string): string {
  if (familyOf(ip) === 4) return ipv4Kind(Number(ip.slice(0, ip.indexOf("."))));
  const range = ipaddr.parse(ip).range();
  return [phrase`unspecified`, phrase`loopback`, phrase`multicast`].includes(range) ? range : "ordinary";
}

/** Whether the address is one that every segment has (RFC 3927, RFC 4291): it means something only with an interface. */
export function isLinkLocal(ip: string): boolean {
  return /^(169\.254\.|fe[89ab]\w:)/.test(ip);
}

function ipv4Kind(firstByte: number): string {
  if (firstByte === 0) return phrase`unspecified`;
  if (firstByte === 127) return phrase`loopback`;
  if (firstByte < 224) return "ordinary";
  return firstByte < 240 ? phrase`multicast` : phrase`reserved`;
}
