/** `ADDRESS:PORT` as ipvsadm writes it. */

import { canonicalIp } from "../../topology/addresses.ts";
import { portOf } from "../keepalived/keywords.ts";

export interface Endpoint {
  readonly ip: string;
  /** null: none. */
  readonly port: number | null;
}

/** @returns null for what is no address with a port, like a name */
export function endpointOf(text: string): Endpoint | null {
  const colon = text.lastIndexOf(":");
  // The most usual by far: an IPv4 address with digits after the colon.
  if (colon > 0 && text.indexOf(":") === colon) {
    const ip = canonicalIp(text.slice(0, colon));
    const port = portOf(text.slice(colon + 1));
    return ip === null || port === null || colon === text.length - 1 ? null : { ip, port };
  }
  const bare = canonicalIp(text);
  if (bare !== null) return { ip: bare, port: null };
  const [, inside = "", port] = /^\[([^\]]+)\](?::(\w+))?$/.exec(text) ?? [];
  const ip = canonicalIp(inside);
  const number = port === undefined ? null : portOf(port);
  return ip === null || (port !== undefined && number === null) ? null : { ip, port: number };
}

export function endpointText({ ip, port }: Endpoint): string {
  const address = ip.includes(":") ? `[${ip}]` : ip;
  return port === null ? address : `${address}:${port}`;
}
