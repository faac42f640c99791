/** Tunnelling: the director wraps the client's packet into one to the real server, which may be on another segment. */

import { say } from "../../languages/say.ts";
import { familyOf } from "../../topology/addresses.ts";
import type { Protocol } from "../../topology/model.ts";
import type { Membership } from "../memberships.ts";
import type { Resource } from "../resources.ts";
import type { ForwardingMethod } from "./method.ts";
import { looseFilter } from "./reverse-path.ts";
import { tunnelRow } from "./tunnels.ts";

export const tunnelling: ForwardingMethod = {
  // IPVS wraps by itself, without a device.
  director: () => [],
  realServer: (_, __, members) => [
    ...members.flatMap((member) => tunnelEnd(member)),
    ...members.flatMap((member) => segmentSize(member)),
  ],
};

function tunnelEnd({ service, server }: Membership): Resource[] {
  const { type, port } = server.tunnel;
  const outer = familyOf(server.address);
  const row = tunnelRow(type, outer, service.family);
  if (row === null) return [];
  const { modules, device } = row;
  return [
    ...modules.map((name): Resource => ({ kind: "module", name })),
    ...(service.family === 4
      ? [
          looseFilter(
            device,
            say`clients' packets arrive on ${device}, and answers leave by another interface: loose`,
          ),
        ]
      : []),
    { kind: "link", name: device },
    ...(type === "gue" ? [{ kind: "fou" as const, family: outer, port }] : []),
  ];
}

/** Ethernet's largest packet. A path with a smaller one is left to path MTU discovery. */
const linkMtu = 1500;

const tcpHeader = 20;

/**
 * The client's packets grow on their way to the real server, and the client sees only the real server's own link: its handshake
 * asks for segments that still fit when wrapped.
 */
function segmentSize({ service, server }: Membership): Resource[] {
  const row = tunnelRow(server.tunnel.type, familyOf(server.address), service.family);
  const protocol: Protocol = "tcp";
  if (row === null || service.protocol !== protocol) return [];
  const ipHeader = service.family === 4 ? 20 : 40;
  return [
    {
      kind: "firewall-rule",
      family: service.family,
      match: { protocol, notFromMacs: [], from: service.vip, to: null, ports: [] },
      action: { kind: "segment-size", bytes: linkMtu - row.overhead - ipHeader - tcpHeader },
      reason: say`room for the ${row.overhead} bytes that the tunnel adds`,
    },
  ];
}
