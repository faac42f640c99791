/** Rules about runOnMaster: units that run where a floating address is. */

import { listed } from "../base/counted.ts";
import { inLanguage, say } from "../languages/say.ts";
import { floatingElections } from "../plan/election.ts";
import { asksHostItself } from "../plan/floating.ts";
import { otherUnitTypes, runsOnEveryHost } from "../plan/units.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { serviceName } from "../topology/normalize-floating.ts";
import { placedFloating } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

const example = (settings: string) => `
        floatingAddresses:
          - name: web
            address: 192.168.1.210/24
            hosts: [pi2, pi3]
            ${settings}`;

/** Names of init scripts, which are names of files. */
const initName = /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/;

export const unitRules: readonly Rule[] = [
  {
    code: "LVS280",
    name: "programs for all states and for one, beside units",
    severity: "error",
    explain: {
      what: `
        A floating address has notify, notifyOn and runOnMaster.`,
      why: `
        keepalived runs one program at all changes of state, and one for each state. Units of runOnMaster are started
        and stopped by one of the two, which is then not free for a program of yours.`,
      fix: `
        Have one program do both, as notify or in notifyOn. Or do without runOnMaster, and let your program start and
        stop the units.`,
      wrong: example(`runOnMaster: [haproxy]
            notify: { command: /usr/local/sbin/on-change }
            notifyOn: { master: { command: /usr/local/sbin/on-master } }`),
      right: example(`runOnMaster: [haproxy]
            notify: { command: /usr/local/sbin/on-change }`),
    },
    check: ({ topology }) =>
      placedFloating(topology).flatMap(({ value, pointer }): Problem[] =>
        value.notify === undefined ||
        Object.keys(value.notifyOn ?? {}).length === 0 ||
        (value.runOnMaster ?? []).length === 0
          ? []
          : [
              {
                pointer: `${pointer}/notifyOn`,
                message: say`beside runOnMaster, ${value.name} can have notify or notifyOn, not both`,
                hint: say`have one program do both`,
              },
            ],
      ),
  },
  {
    code: "LVS281",
    name: "unit that is not a service of its host",
    severity: "error",
    explain: {
      what: `
        A name in runOnMaster is a unit of another type, such as a timer, or no name that an init script can have on a
        host with SysV init.`,
      why: `
        lvsgen starts and stops services: NAME.service with systemd, and /etc/init.d/NAME otherwise. A timer or a socket
        would start its service again on a host without the address.`,
      fix: `
        Name the service. What a timer does on the master alone can be decided in its own service, by the address.`,
      wrong: example("runOnMaster: [backup.timer]"),
      right: example("runOnMaster: [backup]"),
    },
    check: (context) =>
      placedUnits(context).flatMap(({ unit, pointer, hosts }): Problem[] => {
        const type = otherUnitTypes.exec(unit)?.[1];
        if (type !== undefined)
          return [
            {
              pointer,
              message: say`${unit} is a ${type}, not a service`,
              hint: say`name the service that it starts`,
            },
          ];
        const sysv = hosts.find((host) => context.cluster.hosts.get(host)?.init === "sysv");
        if (sysv === undefined || initName.test(serviceName(unit))) return [];
        return [
          {
            pointer,
            message: say`${sysv} has init scripts, and ${unit} is no name of one`,
            hint: say`use letters, digits, and . _ + -`,
          },
        ];
      }),
  },
  {
    code: "LVS282",
    name: "unit that must run on every host",
    severity: "error",
    explain: {
      what: `
        A name in runOnMaster is keepalived, one of lvsgen's own services, ssh, or a service of the network.`,
      why: `
        Units of runOnMaster stop on every host without the address. Without keepalived no host gets it any more, and
        without ssh or its network nobody reaches the host.`,
      fix: `
        Remove it. Name the service that answers at the address.`,
      wrong: example("runOnMaster: [haproxy, keepalived]"),
      right: example("runOnMaster: [haproxy]"),
    },
    check: (context) =>
      placedUnits(context).flatMap(({ unit, pointer }): Problem[] => {
        const why = runsOnEveryHost.get(serviceName(unit));
        return why === undefined
          ? []
          : [
              {
                pointer,
                message: say`${unit} must run on every host: ${inLanguage(why)}`,
                hint: say`remove it from runOnMaster`,
              },
            ];
      }),
  },
  {
    code: "LVS283",
    name: "unit of addresses that move apart",
    severity: "warning",
    explain: {
      what: `
        Two floating addresses name the same unit in runOnMaster, and each can be on another host.`,
      why: `
        The unit runs wherever one of its addresses is: on two hosts at a time, when each has one. A program that may
        run once only, such as a database with shared disks, must not.`,
      fix: `
        Give the addresses the same hosts and settings: then they move together. If the unit may run on both hosts, this
        is fine.`,
      wrong: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3],
              runOnMaster: [haproxy] }
          - { name: mail, address: 192.168.1.211/24, hosts: [pi3, pi2],
              virtualRouterId: 52, runOnMaster: [haproxy] }`,
      right: `
        floatingAddresses:
          - { name: web, address: 192.168.1.210/24, hosts: [pi2, pi3],
              runOnMaster: [haproxy] }
          - { name: mail, address: 192.168.1.211/24, hosts: [pi2, pi3],
              runOnMaster: [haproxy] }`,
    },
    check: ({ cluster, intact }) => {
      const first = new Map<string, { readonly name: string; readonly election: object }>();
      return [...floatingElections(cluster)].flatMap(([{ name, runOnMaster, pointer }, election]) =>
        runOnMaster.flatMap((unit): Problem[] => {
          const other = first.get(unit);
          first.set(unit, other ?? { name, election });
          if (other === undefined || other.election === election || !intact(pointer)) return [];
          return [
            {
              pointer: `${pointer}/runOnMaster`,
              message: say`${unit} runs with ${other.name}, too, which may be on another host: it then runs on both`,
              hint: say`give both addresses the same hosts and settings, so that they move together`,
            },
          ];
        }),
      );
    },
  },
  {
    code: "LVS284",
    name: "track of a process that runs on the master alone",
    severity: "error",
    explain: {
      what: `
        A floating address has a track of a process that runOnMaster starts, and the track has no weight.`,
      why: `
        The process does not run on a host without the address. So the track fails there, the host gives up, and it
        cannot become master, which is what would start the process: the address is on no host.`,
      fix: `
        Track something that works before the process runs, such as an interface or a script that checks its
        configuration. Or do without runOnMaster: let the process run on all hosts.`,
      wrong: example(`runOnMaster: [haproxy]
            track: [{ type: process, name: haproxy }]`),
      right: example(`runOnMaster: [haproxy]
            track: [{ type: script, command: /usr/local/sbin/check-haproxy-config }]`),
    },
    check: ({ cluster, intact }) =>
      cluster.floating.flatMap(({ runOnMaster, track, name, pointer }) =>
        track.flatMap((each, at): Problem[] =>
          each.type === "process" &&
          each.weight === null &&
          runOnMaster.includes(each.name ?? "") &&
          intact(`${pointer}/track/${at}`)
            ? [
                {
                  pointer: `${pointer}/track/${at}`,
                  message: say`${each.name} runs on the master of ${name} alone, so that no other host can become master`,
                  hint: say`remove the track, or remove ${each.name} from runOnMaster`,
                },
              ]
            : [],
        ),
      ),
  },
  {
    code: "LVS285",
    name: "track of what may run on the master alone",
    severity: "warning",
    explain: {
      what: `
        A floating address has runOnMaster, and a track asks a port of the host itself, or looks for one of the units'
        processes with a weight.`,
      why: `
        Where the units do not run, nobody answers at their ports. Without a weight, such a host gives up: it cannot
        become master, which is what would start them. With a weight, its priority is lower at all times, so that the
        address stays where it is when the units fail there.`,
      fix: `
        Track something that works before the units run. If another program answers at the port, which runs on all
        hosts, add the code to ignore.`,
      wrong: example(`runOnMaster: [haproxy]
            track: [{ type: http, port: 80, path: /health }]`),
      right: example(`runOnMaster: [haproxy]
            track: [{ type: script, command: /usr/local/sbin/check-haproxy-config }]`),
    },
    check: ({ cluster, intact }) =>
      cluster.floating.flatMap(({ runOnMaster: units, track, name, pointer }) =>
        track.flatMap((each, at): Problem[] => {
          const { type, port, weight } = each;
          const isUnits = type === "process" && units.includes(each.name ?? "");
          if (units.length === 0 || !intact(`${pointer}/track/${at}`)) return [];
          if (isUnits && weight !== null)
            return [
              {
                pointer: `${pointer}/track/${at}/weight`,
                message: say`${each.name} runs on the master of ${name} alone: its weight never moves the address`,
                hint: say`remove the track, or remove ${each.name} from runOnMaster`,
              },
            ];
          if (port === null || !asksHostItself(each)) return [];
          return [
            {
              pointer: `${pointer}/track/${at}`,
              message: say`if ${listed(units, "or")} answers at port ${port}, no host without ${name} can become master`,
              hint: say`track something that works before it runs; if another program answers there, ignore this`,
            },
          ];
        }),
      ),
  },
];

interface PlacedUnit {
  readonly unit: string;
  readonly pointer: string;
  readonly hosts: readonly string[];
}

function placedUnits({ topology }: RuleContext): PlacedUnit[] {
  return placedFloating(topology).flatMap(({ value, pointer, members }) =>
    (value.runOnMaster ?? []).flatMap((unit, at) => ({
      unit,
      pointer: `${pointer}/runOnMaster/${at}`,
      hosts: members.flatMap((member) => member.value.host ?? []),
    })),
  );
}
