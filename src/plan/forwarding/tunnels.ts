/** What unwraps a tunnel's packets on a real server: one row for each type, outer and inner family. */

import { familyOf } from "../../topology/addresses.ts";
import type { Family, RealServer, TunnelType, VirtualService } from "../../topology/model.ts";

export interface TunnelRow {
  /** Modules to load; the device is the last one's. */
  readonly modules: readonly string[];
  /** The device that takes packets of any sender. */
  readonly device: string;
  /** Bytes that wrapping adds to a packet. */
  readonly overhead: number;
}

/** Outer IP header; UDP and GUE headers are 8 and 4 bytes, GRE's 4 (RFC 2003, RFC 2784, draft-ietf-intarea-gue). */
const header: Readonly<Record<Family, number>> = { 4: 20, 6: 40 };

/** By type, outer and inner family. ip6tnl0 takes IPv6 only, so that IPv4 in IPv6 needs GRE. */
const rows: Readonly<Record<string, TunnelRow>> = {
  "ipip 4 4": { modules: ["ipip"], device: "tunl0", overhead: header[4] },
  "ipip 4 6": { modules: ["sit"], device: "sit0", overhead: header[4] },
  "ipip 6 6": { modules: ["ip6_tunnel"], device: "ip6tnl0", overhead: header[6] },
  "gue 4 4": { modules: ["fou", "ipip"], device: "tunl0", overhead: header[4] + 12 },
  "gue 4 6": { modules: ["fou", "sit"], device: "sit0", overhead: header[4] + 12 },
  "gue 6 6": { modules: ["fou6", "ip6_tunnel"], device: "ip6tnl0", overhead: header[6] + 12 },
  "gre 4 4": { modules: ["ip_gre"], device: "gre0", overhead: header[4] + 4 },
  "gre 4 6": { modules: ["ip_gre"], device: "gre0", overhead: header[4] + 4 },
  "gre 6 4": { modules: ["ip6_gre"], device: "ip6gre0", overhead: header[6] + 4 },
  "gre 6 6": { modules: ["ip6_gre"], device: "ip6gre0", overhead: header[6] + 4 },
};

/** The row, or null if Linux has no device that takes such packets from any sender. */
export function tunnelRow(type: TunnelType, outer: Family, inner: Family): TunnelRow | null {
  return rows[`${type} ${outer} ${inner}`] ?? null;
}

/** The device on which the service's packets arrive at the real server, or null if they are not wrapped. */
export function tunnelDevice({ family }: VirtualService, server: RealServer): string | null {
  if (server.forwarding !== "tun") return null;
  return tunnelRow(server.tunnel.type, familyOf(server.address), family)?.device ?? null;
}
