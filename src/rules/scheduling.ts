/** Rules about what goes with a scheduler: its flags, single packets, and weights that it lives by. */

import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Rule } from "./rule.ts";

export const schedulingRules: readonly Rule[] = [
  {
    code: "LVS142",
    name: "flag of another scheduler",
    severity: "error",
    explain: {
      what: `
        A service has a flag of the schedulers sh or mh, and another scheduler.`,
      why: `
        The kernel has the flags as bits whose meaning depends on the scheduler. ipvsadm refuses a flag of another
        scheduler ("incompatible scheduler flag"), and the service is missing from the table; rr or wlc ignore flags
        anyway.`,
      fix: `
        Remove the flags, or use the scheduler that they belong to.`,
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
                message: say`${flag} is not a flag of ${scheduler}`,
                hint: say`remove it, or use the scheduler ${flag.split("-")[0]}`,
              },
        ),
      ),
  },
  {
    code: "LVS143",
    name: "onePacket on a service that is not UDP",
    severity: "error",
    explain: {
      what: `
        A TCP or SCTP service has onePacket.`,
      why: `
        The packets of a TCP connection belong together. ipvsadm refuses the setting ("One-Packet Scheduling is only
        for UDP virtual services"), and so the service is missing from the table; behind a firewall mark the kernel
        ignores it for all but UDP.`,
      fix: `
        Remove onePacket, or set the protocol to udp.`,
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
              message: say`onePacket is for UDP, and this service is ${protocol}`,
              hint: say`remove "onePacket", or set "protocol" to "udp"`,
            },
      ),
  },
  {
    code: "LVS144",
    name: "scheduler ovf on a UDP service",
    severity: "warning",
    explain: {
      what: `
        A UDP service has the scheduler ovf.`,
      why: `
        ovf fills the server of the highest weight until its active connections exceed the weight. UDP has none: the
        kernel counts UDP clients as inactive, so that the first server is never full and gets everything.`,
      fix: `
        Use wlc, which counts inactive connections too, or fo if one server should take everything until it fails.`,
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
              message: say`ovf counts active connections, which UDP does not have: one server gets everything`,
              hint: say`use wlc, or fo for one server after the other`,
            },
      ),
  },
  {
    code: "LVS145",
    name: "scheduler fo or ovf with equal weights",
    severity: "warning",
    explain: {
      what: `
        Real servers of a service with the scheduler fo or ovf all have the same weight.`,
      why: `
        Both use the server of the highest weight. Among equals that is the first in the kernel's list, whose order
        depends on when each server was added: after a reload another one may be first. For ovf the weight is also the
        number of connections that a server takes: with the default of 1 each takes two, and further clients are refused
        although all servers idle.`,
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
            message: say`${scheduler} uses the server of the highest weight, and all have ${weights[0]}`,
            hint:
              scheduler === "ovf"
                ? say`set each weight to the number of connections that the server takes, the first one's highest`
                : say`give the first server the highest weight`,
          },
        ];
      });
    },
  },
];
