/** Rules about the hosts of floating addresses. */

import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { type PlacedAddress, placedFloating } from "./places.ts";
import type { Rule } from "./rule.ts";

export const floatingHostRules: readonly Rule[] = [
  {
    code: "LVS262",
    name: "unknown host of a floating address",
    severity: "error",
    explain: {
      what: `
        A name in the hosts of a floating address is not one of the hosts.`,
      why: `
        No machine of that name gets the address, and the others send it adverts that nobody hears: when they fail,
        nobody takes over.`,
      fix: `
        Correct the name, or add the host with its interfaces.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi33] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }`,
    },
    check: ({ topology, hostNames, isHost }) =>
      placedFloating(topology).flatMap(({ members }) =>
        members.flatMap(({ value: { host }, pointer }) =>
          host === undefined || isHost(host)
            ? []
            : {
                pointer: `${pointer}/host`,
                message: say`unknown host ${JSON.stringify(host)}`,
                hint: suggestion(host, hostNames, say`the hosts are`),
              },
        ),
      ),
  },
  {
    code: "LVS263",
    name: "duplicate host of a floating address",
    severity: "error",
    explain: {
      what: `
        A floating address has one host twice.`,
      why: `
        The order of hosts is that of their priorities. A host that is listed twice has two, and an address of "two
        hosts" has no second one when the first fails.`,
      fix: `
        List it once. If you meant another host, list that one.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3, pi2] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }`,
    },
    check: ({ topology }) =>
      placedFloating(topology).flatMap((address) => {
        const seen = new Set<string>();
        return address.members.flatMap(({ value: { host }, pointer }) => {
          if (host === undefined || !seen.has(host)) {
            seen.add(host);
            return [];
          }
          return {
            pointer: `${pointer}/host`,
            message: say`duplicate host ${host} of ${address.value.name}`,
            hint: say`list it once: the order is the order of priorities`,
          };
        });
      }),
  },
  {
    code: "LVS264",
    name: "priorities that do not decide who has a floating address",
    severity: "error",
    explain: {
      what: `
        Two hosts of a floating address have the same priority, or some have one and others have none.`,
      why: `
        The host with the highest priority gets the address. Among equals the higher IP address decides, which nobody
        who reads the topology expects; and a host without a priority has no place in the order of those that have one.`,
      fix: `
        Give every host of the address its own priority. Or give none: then the order of the hosts decides.`,
      wrong: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [{ host: pi2, priority: 100 }, { host: pi3, priority: 100 }]`,
      right: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [{ host: pi2, priority: 150 }, { host: pi3, priority: 100 }]`,
    },
    check: ({ topology, intact }) =>
      placedFloating(topology).flatMap((address) =>
        intact(`${address.pointer}/hosts`) ? priorityProblems(address) : [],
      ),
  },
  {
    code: "LVS265",
    name: "floating address with one host",
    severity: "warning",
    explain: {
      what: `
        A floating address has one host.`,
      why: `
        When that host fails, nobody takes the address over. An address that never moves needs no keepalived.`,
      fix: `
        Add a second host. As a warning this does not stop rendering.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }`,
    },
    check: ({ topology, intact }) =>
      placedFloating(topology).flatMap(({ value, members, pointer }) => {
        const names = new Set(members.map(({ value: { host } }) => host));
        if (names.size !== 1 || !intact(`${pointer}/hosts`)) return [];
        return {
          pointer: `${pointer}/hosts`,
          message: say`${value.name} has one host: nothing takes over when it fails`,
          hint: say`add a second host`,
        };
      }),
  },
  {
    code: "LVS266",
    name: "floating address on a director with the engine ipvsadm",
    severity: "error",
    explain: {
      what: `
        A host of a floating address is a director, and the engine is ipvsadm.`,
      why: `
        keepalived moves floating addresses. It also owns the IPVS table of its host, as does the script with the engine
        ipvsadm: on one host, only one of them can.`,
      fix: `
        Set directors.engine to "keepalived", or use hosts that are no directors.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi1, pi2] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3] }`,
    },
    check: ({ topology, intact }) => {
      const { hosts, engine = "ipvsadm" } = topology.directors;
      if (hosts.length === 0 || engine !== "ipvsadm" || !intact("/directors/engine")) return [];
      const directors = new Set(hosts);
      return placedFloating(topology).flatMap(({ members }) =>
        members.flatMap(({ value: { host }, pointer }) =>
          host === undefined || !directors.has(host)
            ? []
            : {
                pointer: `${pointer}/host`,
                message: say`${host} is a director with the engine ipvsadm, and keepalived moves floating addresses`,
                hint: say`set directors.engine to "keepalived", or use a host that is no director`,
              },
        ),
      );
    },
  },
  {
    code: "LVS267",
    name: "delay before a takeover that never comes",
    severity: "warning",
    explain: {
      what: `
        A floating address has preemptDelay, and preempt is off.`,
      why: `
        Without preempt a host of higher priority that returns does not take the address over, however long it waits.`,
      fix: `
        Set preempt: true, or remove preemptDelay. As a warning this does not stop rendering.`,
      wrong: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            preemptDelay: 60`,
      right: `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            preempt: true
            preemptDelay: 60`,
    },
    check: ({ cluster, intact }) =>
      cluster.floating.flatMap(({ name, preempt, preemptDelay, pointer }) =>
        preempt || preemptDelay === 0 || !intact(`${pointer}/preempt`)
          ? []
          : {
              pointer: `${pointer}/preemptDelay`,
              message: say`"preemptDelay" has no effect: no host takes ${name} over from another that works`,
              hint: say`set "preempt" to true, or remove "preemptDelay"`,
            },
      ),
  },
];

function priorityProblems({ value, members, pointer }: PlacedAddress): Problem[] {
  const given = members.filter((member) => member.value.priority !== undefined);
  if (given.length > 0 && given.length < members.length)
    return [
      {
        pointer: `${pointer}/hosts`,
        message: say`some hosts of ${value.name} have a priority, others have none`,
        hint: say`give one to each of them, or to none: then the order decides`,
      },
    ];
  const first = new Map<number | undefined, string>();
  return given.flatMap(({ value: { host, priority }, pointer: place }) => {
    const same = first.get(priority);
    if (same === undefined) {
      first.set(priority, host);
      return [];
    }
    return same === host
      ? []
      : {
          pointer: `${place}/priority`,
          message: say`${host} and ${same} have the same priority ${priority}`,
          hint: say`give each host its own: the highest has the address`,
        };
  });
}
