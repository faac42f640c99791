/** Rules about what goes with a scheduler: its flags, single packets, and weights that it lives by. */

import type { Problem } from "../topology/diagnostics.ts";
import type { Rule } from "./rule.ts";

export const schedulingRules: readonly Rule[] = [
  {
    code: "LVS142",
    name: "scheduler flags are those of the service's scheduler",
    severity: "error",
    explain: {
      what: `
        A service has a flag of the schedulers sh or mh, and another scheduler.`,
      why: `
        The kernel knows the flags as bits with a meaning for each scheduler. ipvsadm refuses a name that does not
        belong to the scheduler ("incompatible scheduler flag"), and the service is missing from the table; rr or wlc
        would not look at flags anyhow.`,
      fix: `
        Take the flags out, or use the scheduler that they belong to.`,
      wrong: `
        virtualServices:
          - name: web
            scheduler: rr
            schedulerFlags: [sh-port]`,
      right: `
        virtualServices:
          - name: web
            scheduler: sh
            schedulerFlags: [sh-port]`,
    },
    check: ({ services, intact }) =>
      services.flatMap(({ value: { scheduler = "wlc", schedulerFlags = [] }, pointer }) =>
        Object.entries(schedulerFlags).flatMap(([index, flag]) =>
          flag.startsWith(`${scheduler}-`) || !intact(`${pointer}/scheduler`)
            ? []
            : {
                pointer: `${pointer}/schedulerFlags/${index}`,
                message: `${flag} is no flag of ${scheduler}`,
                hint: `take it out, or use the scheduler ${flag.split("-")[0]}`,
              },
        ),
      ),
  },
  {
    code: "LVS143",
    name: "single packets are scheduled for UDP",
    severity: "error",
    explain: {
      what: `
        A TCP or SCTP service has onePacket.`,
      why: `
        The packets of a TCP connection belong together. ipvsadm refuses the setting ("One-Packet Scheduling is only
        for UDP virtual services"), and so the service is missing from the table; behind a firewall mark the kernel
        ignores it for all but UDP.`,
      fix: `
        Take onePacket out, or set the protocol to udp.`,
      wrong: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            onePacket: true
            realServers: [{ host: pi2 }]`,
      right: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            onePacket: true
            realServers: [{ host: pi2 }]`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap(({ onePacket, protocol, pointer }) =>
        !onePacket || protocol === "udp" || !intact(`${pointer}/protocol`)
          ? []
          : {
              pointer: `${pointer}/onePacket`,
              message: `onePacket is for UDP, and this service is ${protocol}`,
              hint: 'take "onePacket" out, or set "protocol" to "udp"',
            },
      ),
  },
  {
    code: "LVS144",
    name: "ovf, which counts active connections, is not used for UDP",
    severity: "warning",
    explain: {
      what: `
        A UDP service has the scheduler ovf.`,
      why: `
        ovf fills the server of the highest weight until its active connections exceed the weight. UDP has none: the
        kernel counts UDP clients as inactive, so that the first server is never full and gets everything.`,
      fix: `
        Use wlc, which counts inactive connections too, or fo where one server is to take all until it fails.`,
      wrong: `
        timeouts: { udp: 60 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            scheduler: ovf
            realServers:
              - { host: pi2, weight: 100 }
              - { host: pi3, weight: 50 }`,
      right: `
        timeouts: { udp: 60 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            scheduler: wlc
            realServers:
              - { host: pi2, weight: 100 }
              - { host: pi3, weight: 50 }`,
    },
    // "might not be suitable for UDP because it only uses active connections" (net/netfilter/ipvs/ip_vs_ovf.c).
    check: ({ cluster, intact }) =>
      cluster.services.flatMap(({ scheduler, protocol, pointer }) =>
        scheduler !== "ovf" || protocol !== "udp" || !intact(`${pointer}/protocol`)
          ? []
          : {
              pointer: `${pointer}/scheduler`,
              message: "ovf counts active connections, which UDP does not have: one server gets everything",
              hint: "use wlc, or fo for one server after the other",
            },
      ),
  },
  {
    code: "LVS145",
    name: "fo and ovf have weights to choose by",
    severity: "warning",
    explain: {
      what: `
        Real servers of a service with the scheduler fo or ovf all have the same weight.`,
      why: `
        Both take the server of the highest weight. Among equals that is whichever stands first in the kernel's list,
        and the list's order depends on when each server was added: after a reload another one may be the first. For
        ovf the weight is how many connections a server takes as well: with the default of 1 each takes two, and
        further clients are refused although all servers idle.`,
      fix: `
        Give the first server the highest weight and the others less; for ovf the weights are numbers of connections.`,
      wrong: `
        virtualServices:
          - name: web
            scheduler: ovf`,
      right: `
        virtualServices:
          - name: web
            scheduler: ovf
            realServers:
              - { host: pi2, weight: 1000 }
              - { host: pi3, weight: 500 }`,
    },
    // ip_vs_fo_schedule, ip_vs_ovf_schedule: "if (!h || w > hw)"; ovf skips where activeconns > w.
    check: ({ cluster, services, intact }) => {
      const written = new Map(services.map(({ pointer, realServers }) => [pointer, realServers.length]));
      return cluster.services.flatMap(({ scheduler, realServers, pointer }): Problem[] => {
        const weights = realServers.map(({ weight }) => weight).filter((weight) => weight > 0);
        if (!["fo", "ovf"].includes(scheduler) || weights.length < 2 || new Set(weights).size > 1) return [];
        if (realServers.length !== written.get(pointer) || !intact(`${pointer}/realServers`)) return [];
        return [
          {
            pointer: `${pointer}/scheduler`,
            message: `${scheduler} takes the server of the highest weight, and all have ${weights[0]}`,
            hint:
              scheduler === "ovf"
                ? "give each the number of connections that it takes, the first the most"
                : "give the first the highest weight",
          },
        ];
      });
    },
  },
];
