/** Rules about directors that are real servers of each other. */

import { pointerOf } from "../base/json-pointer.ts";
import { strategyOf } from "../plan/as-real-server.ts";
import type { Cluster, RealServer } from "../topology/model.ts";
import { allServers } from "../topology/servers.ts";
import { placedDirectors } from "./placed-directors.ts";
import type { Rule } from "./rule.ts";

const place = pointerOf("directors", "asRealServer");

export const asRealServerRules: readonly Rule[] = [
  {
    code: "LVS220",
    name: "asRealServer is said where directors are each other's real servers",
    severity: "warning",
    explain: {
      what: `
        directors.asRealServer names a strategy, and there is nothing for it to do: there is one director, the engine
        is ipvsadm, or no director is a real server.`,
      why: `
        A director that is alone takes its own share by itself, as nobody sends to it. What the setting is about is the
        second one, which has the services and not the VIP.`,
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
      return [
        {
          pointer: place,
          message: `${asRealServer} has nothing to do: no director is a real server of another one that keepalived runs`,
          hint: "take it out, or name a director as a real server",
        },
      ];
    },
  },
  {
    code: "LVS221",
    name: "a director that is a real server is reached by dr",
    severity: "error",
    explain: {
      what: `
        A real server that is a director has the forwarding nat or tun, and there are several directors.`,
      why: `
        By NAT its answers would have to go back through the director that sent the packet, which is another one after
        a failover, and its own VIP is in the way. Out of a tunnel comes a second packet for the VIP, with the address
        of the client, which no strategy tells from a new one. Direct routing has neither.`,
      fix: `
        Let the director be reached by dr; other real servers of the service may keep their forwarding. Or take it out
        of the real servers.`,
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
          message: `${host} is a director, and ${forwarding} does not reach it as a real server of another one`,
          hint: 'let its forwarding be "dr", or take it out of the real servers',
        })),
  },
  {
    code: "LVS222",
    name: "fwmark-mac knows the MAC addresses of all directors",
    severity: "error",
    explain: {
      what: `
        directors.asRealServer is fwmark-mac, and a director's "mac" is missing, or another director has the same.`,
      why: `
        A packet that another director sends has the client's address and the VIP, as every other one: the MAC address
        of its sender is all that tells it apart. It cannot be asked for at start, as the other director may be down
        just then, and a director that does not know it balances again what it gets, to and fro.`,
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
              ? `the MAC address of the director ${name} is not known: the others would balance again what it sends`
              : `${shared} is another director's MAC address already`,
          hint: `write it as hosts.${name}.mac, or choose "master-only"`,
        };
      });
    },
  },
];

/** Real servers that are directors, where there are several of these. */
function servingDirectors({ directors, services }: Cluster): RealServer[] {
  const names = new Set(directors.hosts);
  if (names.size < 2 || directors.asRealServer === "refuse") return [];
  return services.flatMap((service) => allServers(service).filter(({ host }) => names.has(host ?? "")));
}
