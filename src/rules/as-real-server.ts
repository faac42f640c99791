/** Rules about directors that are real servers of each other. */

import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import { strategyOf } from "../plan/as-real-server.ts";
import type { Cluster, RealServer } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { placedDirectors } from "./placed-directors.ts";
import type { Rule } from "./rule.ts";

const place = pointerOf("directors", "asRealServer");

export const asRealServerRules: readonly Rule[] = [
  {
    code: "LVS220",
    name: "asRealServer without effect",
    severity: "warning",
    explain: {
      what: `
        directors.asRealServer names a strategy that has no effect: there is one director, the engine is ipvsadm, or no
        director is a real server.`,
      why: `
        A single director serves its own share locally. The setting is for the second director, which has the services
        but not the VIP.`,
      fix: `
        Take it out, or name a director as "host" of a real server. As a warning this does not stop rendering.`,
      wrong: `
        directors: { hosts: [pi1], asRealServer: master-only }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ topology, cluster, intact }) => {
      const { asRealServer = "refuse" } = topology.directors;
      const isRead = intact("/directors") && intact("/virtualServices") && intact("/hosts");
      if (asRealServer === "refuse" || strategyOf(cluster) !== "refuse" || !isRead) return [];
      // LVS300's business.
      if (cluster.directors.announce !== null) return [];
      return [
        {
          pointer: place,
          message: say`${asRealServer} has no effect: no director is a real server of another director with keepalived`,
          hint: say`take it out, or name a director as a real server`,
        },
      ];
    },
  },
  {
    code: "LVS221",
    name: "nat or tun to a director as a real server",
    severity: "error",
    explain: {
      what: `
        A real server that is a director has the forwarding nat or tun, and there are several directors.`,
      why: `
        With nat its answers would have to go back through the director that sent the packet, which changes after a
        failover, and its own VIP is in the way. A tunnel delivers a second packet for the VIP, with the client's
        address, that no strategy can distinguish from a new one. Direct routing has neither problem.`,
      fix: `
        Use dr for the director; other real servers of the service may keep their forwarding. Or remove it from the real
        servers.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          asRealServer: master-only
        virtualServices:
          - name: web
            nat: { returnPath: masquerade }
            realServers: [{ host: pi1 }, { host: pi4, forwarding: nat }]`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          asRealServer: master-only
        virtualServices:
          - name: web
            realServers: [{ host: pi1 }, { host: pi4 }]`,
    },
    check: ({ cluster }) =>
      servingDirectors(cluster)
        .filter(({ forwarding }) => forwarding !== "dr")
        .map(({ host, forwarding, pointer }) => ({
          pointer: `${pointer}/host`,
          message: say`${forwarding} does not work for ${host}, which is a director itself`,
          hint: say`set its forwarding to "dr", or remove it from the real servers`,
        })),
  },
  {
    code: "LVS222",
    name: "fwmark-mac without the directors' MAC addresses",
    severity: "error",
    explain: {
      what: `
        directors.asRealServer is fwmark-mac, and a director's "mac" is missing, or another director has the same.`,
      why: `
        A packet that another director sends has the client's address and the VIP, like every other one: only the MAC
        address of its sender differs. lvs_dr.sh cannot ask for it at start, as the other director may be down then. A
        director that does not know it schedules such packets again, and they go to and fro.`,
      fix: `
        Write the MAC addresses of the interfaces by which directors reach each other ("ip link" shows them), or choose
        master-only, which needs none.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 }, mac: "b8:27:eb:00:00:04" }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          asRealServer: fwmark-mac
        virtualServices:
          - name: web
            realServers: [{ host: pi1 }, { host: pi4 }]`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24 }, mac: "b8:27:eb:00:00:01" }
          pi4: { interfaces: { eth0: 192.168.1.115/24 }, mac: "b8:27:eb:00:00:04" }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          asRealServer: fwmark-mac
        virtualServices:
          - name: web
            realServers: [{ host: pi1 }, { host: pi4 }]`,
    },
    check: (context) => {
      if (strategyOf(context.cluster) !== "fwmark-mac") return [];
      const owners = new Map<string, string>();
      return placedDirectors(context).flatMap(({ director, placed }) => {
        const { name, macs } = director;
        const pointer = macs.length === 0 ? placed.pointer : `${placed.pointer}/mac`;
        if (!context.intact(`${placed.pointer}/mac`)) return [];
        const shared = macs.find((mac) => owners.has(mac));
        for (const mac of macs) owners.set(mac, name);
        if (macs.length > 0 && shared === undefined) return [];
        return {
          pointer,
          message:
            shared === undefined
              ? say`unknown MAC address of the director ${name}: the others would schedule its packets again`
              : say`duplicate MAC address ${shared}: another director has it`,
          hint: say`write it as hosts.${name}.mac, or choose "master-only"`,
        };
      });
    },
  },
];

/** Real servers that are directors, where there are several of these. */
function servingDirectors({ directors, services }: Cluster): RealServer[] {
  const names = new Set(directors.hosts);
  // With announce no director may be a real server: LVS123's business.
  if (names.size < 2 || directors.asRealServer === "refuse" || directors.announce !== null) return [];
  return services.flatMap((service) => allServers(service).filter(({ host }) => names.has(host ?? "")));
}
