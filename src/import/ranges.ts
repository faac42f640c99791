/** Ranges of addresses, as virtual_server_group has them. */

import ipaddr from "ipaddr.js";
import { canonicalIp, ipv4After, network, parseCidr } from "../topology/addresses.ts";

/** More services than people write by hand. */
const longest = 256;

/** `10.0.0.1`, `10.0.0.1-9`, `10.0.0.250-10.0.1.5` or `10.0.0.8/29` as addresses; null for anything else. */
export function addressRange(text: string): string[] | null {
  const single = canonicalIp(text);
  if (single !== null) return [single];
  const cidr = parseCidr(text);
  if (cidr !== null) {
    const bits = (cidr.family === 4 ? 32 : 128) - cidr.prefix;
    return bits <= 8 ? counted(network(cidr.ip, cidr.prefix), 2 ** bits) : null;
  }
  const [from = "", to = ""] = text.split("-");
  const first = canonicalIp(from);
  if (first === null || to === "") return null;
  const last = canonicalIp(to) ?? canonicalIp(first.replace(/[0-9a-f]+$/i, to));
  if (last === null || first.includes(":") !== last.includes(":")) return null;
  const apart = distance(first, last);
  return apart >= 0n && apart < BigInt(longest) ? counted(first, Number(apart) + 1) : null;
}

function counted(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addressAt(first, BigInt(index)));
}

function distance(first: string, last: string): bigint {
  return numberOf(last) - numberOf(first);
}

/** The address so many further on. */
export function addressAt(ip: string, offset: bigint): string {
  if (!ip.includes(":")) return ipv4After(ip, Number(offset));
  const bytes = ipaddr.parse(ip).toByteArray();
  let rest = numberOf(ip) + offset;
  for (let index = bytes.length - 1; index >= 0; index--) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return ipaddr.fromByteArray(bytes).toString();
}

function numberOf(ip: string): bigint {
  return ipaddr
    .parse(ip)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
