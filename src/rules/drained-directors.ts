/** Rules about directors that announce nothing. */

import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { announcing } from "./announce-example.ts";
import type { Rule } from "./rule.ts";

export const drainedDirectorRules: readonly Rule[] = [
  {
    code: "LVS340",
    name: "drained directors without announce",
    severity: "error",
    explain: {
      what: `
        The topology has directors.drained and no directors.announce.`,
      why: `
        A drained director announces nothing, and routers send its connections elsewhere. Without announce there is
        nothing to leave out: the director keeps the VIP, or takes it over, as before.`,
      fix: `
        Remove "drained". A director with VRRP goes out of service when keepalived stops on it, or when it is last in
        directors.hosts.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived, drained: [pi4] }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ topology: { directors }, intact }) =>
      directors.announce !== undefined ||
      (directors.drained ?? []).length === 0 ||
      !intact("/directors/announce")
        ? []
        : [
            {
              pointer: "/directors/drained",
              message: say`"drained" has no effect: without announce a director does not leave its VIPs to others`,
              hint: say`remove "drained"`,
            },
          ],
  },
  {
    code: "LVS341",
    name: "drained host that is not a director",
    severity: "error",
    explain: {
      what: `
        A name in directors.drained is not one of directors.hosts, or is there twice.`,
      why: `
        The director that you want to take out of service goes on to announce its VIPs, and routers go on to send it
        connections.`,
      fix: `
        Correct the name. A real server is drained by its weight: 0.`,
      wrong: announcing({ directors: "hosts: [pi1, pi4]\nengine: keepalived\ndrained: [pi2]" }),
      right: announcing({ directors: "hosts: [pi1, pi4]\nengine: keepalived\ndrained: [pi4]" }),
    },
    check: ({ topology: { directors }, intact }) => {
      if (directors.announce === undefined || !intact("/directors/hosts")) return [];
      const names = new Set(directors.hosts);
      const seen = new Set<string>();
      return (directors.drained ?? []).flatMap((name, at): Problem[] => {
        const pointer = pointerOf("directors", "drained", at);
        const isDouble = seen.has(name);
        seen.add(name);
        if (isDouble)
          return [{ pointer, message: say`duplicate drained director ${name}`, hint: say`list it once` }];
        if (names.has(name)) return [];
        return [
          {
            pointer,
            message: say`unknown director ${JSON.stringify(name)}`,
            hint: suggestion(name, [...names], say`the directors are`),
          },
        ];
      });
    },
  },
  {
    code: "LVS342",
    name: "all directors drained",
    severity: "warning",
    explain: {
      what: `
        Every director is in directors.drained.`,
      why: `
        A drained director announces nothing. With all of them drained no router has a route to any VIP, and no client
        is answered. It is easily forgotten after a move was made one director at a time.`,
      fix: `
        Remove one of them from "drained". If you are taking the services down, keep it; as a warning this does not stop
        rendering.`,
      wrong: announcing({ directors: "hosts: [pi1, pi4]\nengine: keepalived\ndrained: [pi1, pi4]" }),
      right: announcing({ directors: "hosts: [pi1, pi4]\nengine: keepalived\ndrained: [pi1]" }),
    },
    check: ({ cluster: { directors }, intact }) => {
      const drained = new Set(directors.drained);
      const isWhole = intact("/directors/hosts") && intact("/directors/drained");
      if (directors.announce === null || !isWhole || directors.hosts.length === 0) return [];
      if (!directors.hosts.every((name) => drained.has(name))) return [];
      return [
        {
          pointer: "/directors/drained",
          message: say`all directors are drained: nobody announces the VIPs, and no client is answered`,
          hint: say`remove one of them from "drained"`,
        },
      ];
    },
  },
];
