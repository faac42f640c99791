/** Rules about settings of hosts that have no part in them. */

import { rolesOf } from "./role-names.ts";
import type { Rule } from "./rule.ts";

export const roleRules: readonly Rule[] = [
  {
    code: "LVS109",
    name: "a host with routes or reassert is a director or a real server",
    severity: "warning",
    explain: {
      what: `
        A host that is neither a director nor a real server of any service has routes of its own, or reassert.`,
      why: `
        lvsgen's scripts make the routes, and its timer reasserts what they made. A host without a role gets neither
        lvs_dr.sh nor lvs_rs.sh, so that nothing is written for it and nothing of this happens.`,
      fix: `
        Name the host where its role is: in directors.hosts, or as "host" of a real server. Where it is listed for its
        address only, take these settings out; as a warning this does not stop rendering.`,
      wrong: `
        hosts:
          router:
            interfaces: { eth0: 192.168.1.13/24 }
            routes: [{ to: 10.0.0.0/8, via: 192.168.1.1 }]`,
      right: `
        hosts:
          router: { interfaces: { eth0: 192.168.1.13/24 } }`,
    },
    check: ({ hosts, topology, services, intact }) => {
      const roles = rolesOf(topology, services);
      if (!intact("/directors") || !intact("/virtualServices")) return [];
      return hosts.flatMap(({ name, value, pointer }) => {
        if (roles.directors.has(name) || roles.realServers.has(name)) return [];
        const idle = [
          ...((value.routes ?? []).length > 0 ? ["routes"] : []),
          ...((value.reassert ?? 0) > 0 ? ["reassert"] : []),
        ];
        return idle.map((key) => ({
          pointer: `${pointer}/${key}`,
          message: `${name} is neither a director nor a real server: nothing is written for it, and its ${key} with it`,
          hint: `give it a role, or take "${key}" out`,
        }));
      });
    },
  },
  {
    code: "LVS124",
    name: "a host with IPVS sysctls of its own is a director",
    severity: "warning",
    explain: {
      what: `
        A host that is no director has "sysctls".`,
      why: `
        These are settings of IPVS (net.ipv4.vs.*), which works on directors alone: real servers of dr, nat and tun
        have nothing of it, often not even the module. They would be set nowhere.`,
      fix: `
        Give them to the director, or to all directors at once by "sysctls" at the top of the topology.`,
      wrong: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            sysctls: { conntrack: true }`,
      right: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            sysctls: { conntrack: true }`,
    },
    check: ({ hosts, topology, services, intact }) => {
      const { directors } = rolesOf(topology, services);
      if (!intact("/directors")) return [];
      return hosts.flatMap(({ name, value, pointer }) =>
        directors.has(name) || Object.keys(value.sysctls ?? {}).length === 0
          ? []
          : {
              pointer: `${pointer}/sysctls`,
              message: `${name} is no director, and IPVS works on directors only: these are set nowhere`,
              hint: 'give them to a director, or to all by "sysctls" at the top',
            },
      );
    },
  },
];
