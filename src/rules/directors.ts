/** Rules about directors. */

import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Rule } from "./rule.ts";

export const directorRules: readonly Rule[] = [
  {
    code: "LVS120",
    name: "unknown director",
    severity: "error",
    explain: {
      what: `
        A name in directors.hosts is not one of the hosts.`,
      why: `
        Scripts are rendered for hosts only. No host would get an lvs_dr.sh under that name, no machine would carry the
        VIP, and every real server would wait for packets that never come.`,
      fix: `
        Correct the name, or add the host with its interfaces.`,
      wrong: `
        directors: { hosts: [pi4] }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ topology, hostNames, isHost }) =>
      topology.directors.hosts.flatMap((name, index) =>
        isHost(name)
          ? []
          : {
              pointer: pointerOf("directors", "hosts", index),
              message: say`unknown host ${JSON.stringify(name)}`,
              hint: suggestion(name, hostNames, say`the hosts are`),
            },
      ),
  },
  {
    code: "LVS121",
    name: "duplicate director",
    severity: "error",
    explain: {
      what: `
        directors.hosts has a duplicate.`,
      why: `
        The order of directors is the order of their priorities: who takes the VIP over from whom. A host that is listed
        twice has two priorities, and a cluster of "two directors" has no second one when the first fails.`,
      fix: `
        List it once. If you meant another host, list that one.`,
      wrong: `
        directors: { hosts: [pi1, pi1] }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ topology }) => {
      const seen = new Set<string>();
      return topology.directors.hosts.flatMap((name, index) => {
        if (!seen.has(name)) {
          seen.add(name);
          return [];
        }
        return {
          pointer: pointerOf("directors", "hosts", index),
          message: say`duplicate director ${name}`,
          hint: say`list it once: the order is the order of priorities`,
        };
      });
    },
  },
  {
    code: "LVS122",
    name: "several directors without keepalived",
    severity: "error",
    explain: {
      what: `
        There are two directors or more, and the engine is ipvsadm.`,
      why: `
        ipvsadm fills one kernel's table and knows nothing of other machines. Both directors would add the VIP and
        answer ARP for it, and each neighbour reaches one of them. When its ARP entry expires and the other director's
        answer wins, packets of open connections reach a director that does not know them, and the connections are
        reset. VRRP, and so keepalived, gives the VIP to one director at a time. With directors.announce, routers
        choose the director of each connection, and all directors the same server.`,
      fix: `
        Name one director, set directors.engine to "keepalived", or have the directors announce the VIPs by BGP.`,
      wrong: `
        directors: { hosts: [pi1, pi3] }
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }]`,
      right: `
        directors: { hosts: [pi1] }
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }]`,
    },
    check: ({ topology, intact }) => {
      const { hosts, engine = "ipvsadm", announce } = topology.directors;
      if (new Set(hosts).size < 2 || engine === "keepalived") return [];
      if (announce !== undefined || !intact("/directors/announce")) return [];
      return [
        {
          pointer: pointerOf("directors", "engine"),
          message: say`${new Set(hosts).size} directors with engine ${engine} would all claim the VIP`,
          hint: say`name one director, or set engine to "keepalived"`,
        },
      ];
    },
  },
  {
    code: "LVS123",
    name: "director as a real server without a strategy",
    severity: "error",
    explain: {
      what: `
        A director is a real server too, there is another director, and directors.asRealServer is not set.`,
      why: `
        Every director has the virtual service in its IPVS table, the one without the VIP as well. It gets a packet as a
        real server, and before its own program sees it, IPVS takes it for a new connection and schedules it once more:
        to another real server, or back to the first director, which schedules it again. With rr the packet goes to and
        fro between them, the link fills up, and clients time out, though each host looks healthy.`,
      fix: `
        Remove the host from one of the roles, or set directors.asRealServer: "master-only" keeps the IPVS table on the
        owner of the VIP, "fwmark-mac" marks only packets that do not come from the other director. With
        directors.announce there is no owner of the VIP, and no strategy.`,
      wrong: `
        directors: { hosts: [pi1, pi3], engine: keepalived }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ topology, services, intact }) => {
      const { hosts, asRealServer = "refuse", announce } = topology.directors;
      const directors = new Set(hosts);
      const hasStrategy = asRealServer !== "refuse" && announce === undefined;
      if (directors.size < 2 || hasStrategy || !intact("/directors/asRealServer")) return [];
      return services.flatMap(({ servers }) =>
        servers
          .filter(({ value }) => value.host !== undefined && directors.has(value.host))
          .map(({ value, pointer }) => ({
            pointer: `${pointer}/host`,
            message: say`${value.host} is a director and a real server: two directors would send one packet to and fro`,
            hint:
              announce === undefined
                ? say`remove it from one role, or set directors.asRealServer`
                : say`remove it from one role`,
          })),
      );
    },
  },
];
