/** What two clusters have to share where one of them was imported from what runs on the other's director. */

import type { Cluster, RealServer, VirtualService } from "../../src/topology/model.ts";

/** Without names, and without what a director does not know of other hosts. */
export function essence(cluster: Cluster) {
  const { services, directors, timeouts } = cluster;
  const { vrrp, engine, notification, connectionSync } = directors;
  const isKeepalived = engine === "keepalived";
  return {
    engine,
    timeouts,
    connectionSync,
    notification,
    services: services.map((service) => serviceEssence(service, isKeepalived)),
    ...(isKeepalived
      ? {
          // Without peers nobody names the other directors.
          directors: vrrp.unicast ? directors.hosts.length : null,
          vrrp: {
            virtualRouterId: vrrp.virtualRouterId,
            advertInterval: vrrp.advertInterval,
            preempt: vrrp.preempt,
            unicast: vrrp.unicast,
            interface: vrrp.interface,
            password: vrrp.authPassword?.reveal() ?? null,
            addresses: vrrp.addresses.map(({ ip, prefix, virtualRouterId, interfaces }) => ({
              ip,
              prefix,
              virtualRouterId,
              interface: [...interfaces.values()][0],
            })),
          },
        }
      : {}),
  };
}

function serviceEssence(service: VirtualService, isKeepalived: boolean) {
  const { mark, persistence, realServers, sorryServer, returnPath: _, ...rest } = service;
  return {
    // IPVS knows the mark, and no VIP, ports or protocol.
    selector:
      mark === null
        ? { vip: service.vip, port: service.port, protocol: service.protocol }
        : { mark: mark.value, family: service.family },
    scheduler: rest.scheduler,
    schedulerFlags: rest.schedulerFlags,
    persistence,
    onePacket: rest.onePacket,
    realServers: realServers.map(serverEssence),
    ...(isKeepalived
      ? {
          sorryServer: sorryServer === null ? null : serverEssence(sorryServer),
          quorum: rest.quorum,
          healthCheck: rest.healthCheck,
        }
      : {}),
  };
}

function serverEssence({ host: _host, pointer: _pointer, ...server }: RealServer) {
  return server;
}
