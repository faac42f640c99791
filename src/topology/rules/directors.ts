/** Rules about directors. */

import { pointerOf } from "../json-pointer.ts";
import { suggestion } from "../suggest.ts";
import type { Rule } from "./rule.ts";

export const directorRules: readonly Rule[] = [
  {
    code: "LVS120",
    name: "every director is one of the hosts",
    severity: "error",
    check: ({ topology, hostNames, isHost }) =>
      topology.directors.hosts.flatMap((name, index) =>
        isHost(name)
          ? []
          : {
              pointer: pointerOf("directors", "hosts", index),
              message: `there is no host ${JSON.stringify(name)}`,
              hint: suggestion(name, hostNames, "the hosts are"),
            },
      ),
  },
  {
    code: "LVS121",
    name: "every director is named once",
    severity: "error",
    check: ({ topology }) => {
      const seen = new Set<string>();
      return topology.directors.hosts.flatMap((name, index) => {
        if (!seen.has(name)) {
          seen.add(name);
          return [];
        }
        return {
          pointer: pointerOf("directors", "hosts", index),
          message: `${name} is named as a director a second time`,
          hint: "name it once, at the place of its priority",
        };
      });
    },
  },
  {
    code: "LVS122",
    name: "several directors need keepalived, which gives the VIP to one of them",
    severity: "error",
    check: ({ topology }) => {
      const { hosts, engine = "ipvsadm" } = topology.directors;
      if (new Set(hosts).size < 2 || engine === "keepalived") return [];
      return [
        {
          pointer: pointerOf("directors", "engine"),
          message: `${new Set(hosts).size} directors with engine ${engine} would all claim the VIP`,
          hint: 'name one director, or set engine to "keepalived"',
        },
      ];
    },
  },
  {
    code: "LVS123",
    name: "with several directors none is a real server, unless a strategy says how",
    severity: "error",
    check: ({ topology, services, intact }) => {
      const { hosts, asRealServer = "refuse" } = topology.directors;
      const directors = new Set(hosts);
      if (directors.size < 2 || asRealServer !== "refuse" || !intact("/directors/asRealServer")) return [];
      return services.flatMap(({ servers }) =>
        servers
          .filter(({ value }) => value.host !== undefined && directors.has(value.host))
          .map(({ value, pointer }) => ({
            pointer: `${pointer}/host`,
            message: `${value.host} is a director and a real server: two directors would send one packet to and fro`,
            hint: "take it out of one role, or choose directors.asRealServer",
          })),
      );
    },
  },
];
