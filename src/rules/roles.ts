/** Rules about settings without effect on a host's role. */

import { say } from "../languages/say.ts";
import { rolesOf } from "./role-names.ts";
import type { Rule } from "./rule.ts";

export const roleRules: readonly Rule[] = [
  {
    code: "LVS109",
    name: "routes or reassert on a host without a role",
    severity: "warning",
    explain: {
      what: `
        A host that is neither a director nor a real server of any service has routes of its own, or reassert.`,
      why: `
        lvsgen's scripts add the routes, and its timer reasserts them. A host without a role gets neither lvs_dr.sh nor
        lvs_rs.sh, so that these settings have no effect.`,
      fix: `
        Give the host a role: in directors.hosts, or as "host" of a real server. If it is listed for its address only,
        remove these settings; as a warning this does not stop rendering.`,
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
      if (!intact("/directors") || !intact("/virtualServices") || !intact("/floatingAddresses")) return [];
      return hosts.flatMap(({ name, value, pointer }) => {
        if (roles.directors.has(name) || roles.realServers.has(name) || roles.carriers.has(name)) return [];
        const idle = [
          ...((value.routes ?? []).length > 0 ? ["routes"] : []),
          ...((value.reassert ?? 0) > 0 ? ["reassert"] : []),
        ];
        return idle.map((key) => ({
          pointer: `${pointer}/${key}`,
          message: say`"${key}" has no effect: ${name} is neither a director nor a real server`,
          hint: say`give the host a role, or remove "${key}"`,
        }));
      });
    },
  },
  {
    code: "LVS124",
    name: "IPVS sysctls on a host that is not a director",
    severity: "warning",
    explain: {
      what: `
        A host that is not a director has "sysctls".`,
      why: `
        These are settings of IPVS (net.ipv4.vs.*), which runs on directors only: real servers do not use it, and often
        lack even the module. No script would set them.`,
      fix: `
        Move them to the director, or to "sysctls" at the top of the topology for all directors.`,
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
              message: say`"sysctls" has no effect: ${name} is not a director`,
              hint: say`move them to a director, or to "sysctls" at the top for all directors`,
            },
      );
    },
  },
];
