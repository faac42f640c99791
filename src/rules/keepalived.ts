/** Rules about the engine keepalived: who may use its settings. */

import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import type { Rule } from "./rule.ts";

/** What keepalived alone does, with directors and with services. */
const directorKeys = ["vrrp", "notification"] as const;
const serviceKeys = ["healthCheck", "quorum", "sorryServer"] as const;

export const keepalivedRules: readonly Rule[] = [
  {
    code: "LVS200",
    name: "keepalived setting with the engine ipvsadm",
    severity: "error",
    explain: {
      what: `
        The topology has directors.vrrp, directors.notification, a healthCheck, a quorum or a sorryServer, and the
        engine is ipvsadm.`,
      why: `
        ipvsadm fills the kernel's table once and ends. Nothing would check servers, send mail or fail over: a dead
        server would keep its share of the connections, although the topology says otherwise.`,
      fix: `
        Set directors.engine to "keepalived", or remove the setting.`,
      wrong: `
        virtualServices:
          - name: web
            healthCheck: { type: tcp }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: tcp }`,
    },
    check: ({ topology, services, intact }) => {
      const { directors } = topology;
      // Without directors nobody knows their engine.
      if (directors.engine === "keepalived" || directors.hosts.length === 0) return [];
      if (!intact("/directors/engine")) return [];
      const hint = say`set directors.engine to "keepalived", or remove the setting`;
      const found = [
        ...directorKeys
          .filter((key) => directors[key] !== undefined)
          .map((key) => ({ key, pointer: pointerOf("directors", key) })),
        ...services.flatMap(({ value, pointer }) =>
          serviceKeys
            .filter((key) => value[key] !== undefined)
            .map((key) => ({ key, pointer: `${pointer}/${key}` })),
        ),
      ];
      return found.map(({ key, pointer }) => ({
        pointer,
        message: say`${key} needs keepalived, and the engine is ipvsadm`,
        hint,
      }));
    },
  },
  {
    code: "LVS201",
    name: "keepalived with one director",
    severity: "warning",
    explain: {
      what: `
        The engine is keepalived, and there is one director.`,
      why: `
        keepalived checks the servers, but when the director fails nothing takes the VIP over. The director also starts
        to serve some four seconds later than with ipvsadm, as it waits for the adverts of others.`,
      fix: `
        Add a second director. As a warning this does not stop rendering.`,
      wrong: `
        directors: { hosts: [pi1], engine: keepalived }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ topology, intact }) => {
      const { hosts, engine } = topology.directors;
      if (engine !== "keepalived" || new Set(hosts).size !== 1 || !intact("/directors/hosts")) return [];
      return [
        {
          pointer: pointerOf("directors", "hosts"),
          message: say`keepalived has one director: nothing takes over when it fails`,
          hint: say`add a second director`,
        },
      ];
    },
  },
];
