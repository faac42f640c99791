/** Where a host's own programs should accept connections, as seen on the host itself. Pure. */

import type { Cluster, RealServer, VirtualService } from "../../topology/model.ts";

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Of its TCP services, and of the ports that it watches for its addresses. */
export function endpointsOf({ services, floating, directors }: Cluster, host: string): Endpoint[] {
  const served = services
    .filter(({ protocol }) => protocol === "tcp")
    .flatMap((service) =>
      service.realServers.filter((server) => server.host === host).map((server) => servedAt(service, server)),
    );
  const tracks = [
    ...(directors.hosts.includes(host) ? directors.vrrp.track : []),
    ...floating.flatMap(({ members, track }) =>
      members.some((member) => member.host === host) ? track : [],
    ),
  ];
  const watched = tracks.flatMap(({ address, port }) => (port === null ? [] : { address, port }));
  const all = [...served, ...watched].filter(({ port }) => port > 0);
  return [...new Map(all.map((each) => [endpointText(each), each])).values()];
}

/** Packets of dr and tun still have the VIP, which the server has itself. */
function servedAt({ vip, mark }: VirtualService, { forwarding, address, port }: RealServer): Endpoint {
  const first = mark?.ports[0]?.first ?? 0;
  return { address: forwarding === "nat" ? address : vip, port: port === 0 ? first : port };
}

export function endpointText({ address, port }: Endpoint): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
