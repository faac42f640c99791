/** Rules about when an announced VIP is withdrawn, and about connections that move between directors. */

import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { announcing } from "./announce-example.ts";
import { placedDirectors } from "./placed-directors.ts";
import { sysctlPlace } from "./places.ts";
import type { Rule } from "./rule.ts";

/** IPVS sysctls that lvsgen turns on for active directors, with the protocol that needs each; null: all of them. */
const needed = { sloppyTcp: "tcp", sloppySctp: "sctp", scheduleIcmp: null } as const;

export const announceGateRules: readonly Rule[] = [
  {
    code: "LVS320",
    name: "announced VIP whose servers nobody checks",
    severity: "warning",
    explain: {
      what: `
        Directors announce a VIP, and nothing checks its real servers: the engine is ipvsadm, or a service has no
        healthCheck.`,
      why: `
        A VIP is announced as long as its service has its quorum. Without checks that is always, whether servers answer
        or not: a dead server keeps its share of new connections, and a director that reaches no server any more goes on
        to draw traffic that another director could have passed on.`,
      fix: `
        Set directors.engine to "keepalived", and give each service a healthCheck. If something else drains servers, keep
        it; as a warning this does not stop rendering.`,
      wrong: announcing({ service: "scheduler: mh" }),
      right: announcing({ service: "scheduler: mh\nhealthCheck: { type: tcp }" }),
    },
    check: ({ cluster: { directors, services }, intact }): Problem[] => {
      if (directors.announce === null || services.length === 0 || !intact("/directors/engine")) return [];
      const hint = say`set directors.engine to "keepalived", and give each service a "healthCheck"`;
      if (directors.engine === "ipvsadm")
        return [
          {
            pointer: "/directors/engine",
            message: say`the engine ipvsadm checks no server: VIPs are announced whether servers answer or not`,
            hint,
          },
        ];
      return services
        .filter(({ healthCheck, pointer }) => healthCheck === null && intact(`${pointer}/healthCheck`))
        .map(({ name, pointer }) => ({
          pointer: `${pointer}/healthCheck`,
          message: say`nothing checks the servers of ${name}: its VIP is announced whether they answer or not`,
          hint,
        }));
    },
  },
  {
    code: "LVS321",
    name: "sorry server behind a VIP that is withdrawn",
    severity: "warning",
    explain: {
      what: `
        Directors announce the VIP of a service that has a sorryServer, and withdraw the VIP when the service loses its
        quorum.`,
      why: `
        A sorry server answers when the real servers are down. That is when every director withdraws the VIP: routers
        have no route to it, and clients get "host unreachable" instead of the sorry server's page. Only with when: any a
        VIP stays announced for another service's sake.`,
      fix: `
        Remove sorryServer. Or make it a real server with a small weight, if its answers do no harm. As a warning this
        does not stop rendering.`,
      wrong: announcing({
        service: "scheduler: mh\nhealthCheck: { type: tcp }\nsorryServer: { address: 192.168.1.50 }",
      }),
      right: announcing({}),
    },
    check: ({ cluster: { directors, services } }) => {
      const { announce } = directors;
      if (announce === null) return [];
      return services.flatMap(({ sorryServer, vip, name, pointer }): Problem[] => {
        const others = services.filter((service) => service.vip === vip && service.pointer !== pointer);
        const stays = announce.when === "any" && others.length > 0;
        if (sorryServer === null || stays) return [];
        return [
          {
            pointer: `${pointer}/sorryServer`,
            message: say`no client of ${name} gets to its sorry server: without its quorum every director withdraws ${vip}`,
            hint: say`remove "sorryServer", or make it a real server with a small weight`,
          },
        ];
      });
    },
  },
  {
    code: "LVS322",
    name: "sysctl that connections between active directors need",
    severity: "warning",
    explain: {
      what: `
        Directors announce their VIPs, and the sysctls of one turn sloppyTcp, scheduleIcmp, or with a SCTP service
        sloppySctp, off.`,
      why: `
        Routers send packets of open connections to another director when theirs fails, leaves or returns. Without
        sloppy_tcp IPVS takes a TCP connection from its first packet only, and all open ones that move are reset. ICMP
        errors of a connection, such as "fragmentation needed", may come to another director than its packets. Without
        schedule_icmp that director drops them, and large answers never arrive.`,
      fix: `
        Remove the setting: lvsgen turns it on with announce.`,
      wrong: announcing({ end: "sysctls: { sloppyTcp: false }" }),
      right: announcing({ end: "sysctls: { sloppyTcp: true }" }),
    },
    check: (context) => {
      if (context.cluster.directors.announce === null) return [];
      const protocols = new Set(context.cluster.services.map(({ protocol }) => protocol));
      const found = new Map<string, Problem>();
      for (const { director, placed } of placedDirectors(context)) {
        for (const [key, protocol] of Object.entries(needed)) {
          const isOff = director.sysctls[key as keyof typeof needed] === false;
          if (!isOff || (protocol !== null && !protocols.has(protocol))) continue;
          const pointer = sysctlPlace(placed, key);
          const message =
            protocol === null
              ? say`ICMP errors for connections of another director are lost on ${director.name}`
              : say`open connections that routers send to ${director.name} from another director are reset`;
          found.set(pointer, {
            pointer,
            message,
            hint: say`remove ${JSON.stringify(key)}: lvsgen turns it on`,
          });
        }
      }
      return [...found.values()];
    },
  },
];
