/** Rules about health checks and what follows from them. */

import { pointerOf } from "../base/json-pointer.ts";
import type { CheckType } from "../topology/model.ts";
import type { Rule } from "./rule.ts";

type Key =
  | "path"
  | "virtualHost"
  | "status"
  | "digest"
  | "port"
  | "name"
  | "recordType"
  | "helo"
  | "payload"
  | "command";

const ofPage: readonly Key[] = ["path", "virtualHost", "status", "digest", "port"];

/** What each type of check uses, beside the times. */
const keysOf: Readonly<Record<CheckType, readonly Key[]>> = {
  http: ofPage,
  https: ofPage,
  tcp: ["port"],
  dns: ["port", "name", "recordType"],
  smtp: ["port", "helo"],
  udp: ["port", "payload"],
  ping: [],
  script: ["command"],
};

/** In the order of the schema. */
const allKeys: readonly Key[] = [...ofPage, "name", "recordType", "helo", "payload", "command"];

export const healthCheckRules: readonly Rule[] = [
  {
    code: "LVS210",
    name: "a health check has settings of its type only",
    severity: "error",
    explain: {
      what: `
        A healthCheck has a setting that its type does not use, such as a path with tcp.`,
      why: `
        A check of the type tcp connects and hangs up: it would never ask for the page, and a web server that answers
        every request with an error would count as working.`,
      fix: `
        Choose the type that uses the setting, or take the setting out.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: tcp, path: /health }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: http, path: /health }`,
    },
    check: ({ services, intact }) =>
      services.flatMap(({ value, pointer }) => {
        const check = value.healthCheck;
        if (check === undefined || !intact(`${pointer}/healthCheck/type`)) return [];
        return allKeys
          .filter((key) => check[key] !== undefined && !keysOf[check.type].includes(key))
          .map((key) => ({
            pointer: pointer + pointerOf("healthCheck", key),
            message: `a check of the type ${check.type} does not use ${key}`,
            hint: `take it out, or choose ${typesWith(key)}`,
          }));
      }),
  },
  {
    code: "LVS211",
    name: "a check by a script names the program",
    severity: "error",
    explain: {
      what: `
        A healthCheck of the type script has no command.`,
      why: `
        There is nothing to run, so that keepalived drops the check and the server counts as working whatever happens.`,
      fix: `
        Name the program with its whole path. It exits with 0 where the server works.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: script }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: script, command: /usr/local/bin/check-web }`,
    },
    check: ({ services, intact }) =>
      services.flatMap(({ value, pointer }) => {
        const place = `${pointer}/healthCheck`;
        if (value.healthCheck?.type !== "script" || value.healthCheck.command !== undefined || !intact(place))
          return [];
        return {
          pointer: `${place}/command`,
          message: "there is no command to run",
          hint: "name the program",
        };
      }),
  },
  {
    code: "LVS212",
    name: "a health check knows the port to look at",
    severity: "error",
    explain: {
      what: `
        A service of a firewall mark or of all ports has a healthCheck without "port", of a type that needs one.`,
      why: `
        The real servers of such a service have no port, so that keepalived would connect to port 0, which nobody
        listens on: all servers count as dead from the first check on.`,
      fix: `
        Say with "port" which one stands for the service, or use the type ping.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            port: 0
            persistence: {}
            healthCheck: { type: tcp }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            port: 0
            persistence: {}
            healthCheck: { type: tcp, port: 80 }`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap(({ healthCheck, realServers, pointer }) => {
        if (healthCheck === null || healthCheck.port !== null) return [];
        if (!intact(pointer) || !keysOf[healthCheck.type].includes("port")) return [];
        if (realServers.every(({ port }) => port !== 0)) return [];
        return {
          pointer: `${pointer}/healthCheck/port`,
          message: `the real servers have no port, so that a check of the type ${healthCheck.type} needs one`,
          hint: 'say "port", or use the type ping',
        };
      }),
  },
  {
    code: "LVS213",
    name: "a quorum is one that the real servers can reach",
    severity: "error",
    explain: {
      what: `
        The quorum of a service is above the sum of its real servers' weights.`,
      why: `
        The quorum is a sum of weights, and not a number of servers. One that all servers together do not reach is
        never there; keepalived puts the sum in its place and says so in its log only.`,
      fix: `
        Lower the quorum, or raise the weights.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            quorum: 3`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            quorum: 2`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap(({ quorum, realServers, pointer }) => {
        const sum = realServers.reduce((total, { weight }) => total + weight, 0);
        if (quorum <= 1 || quorum <= sum || !intact(pointer) || !intact(`${pointer}/realServers`)) return [];
        return {
          pointer: `${pointer}/quorum`,
          message: `the weights of all real servers are ${sum}, and the quorum is ${quorum}`,
          hint: "lower the quorum, or raise the weights",
        };
      }),
  },
  {
    code: "LVS214",
    name: "a sorry server is one that is not there anyway",
    severity: "error",
    explain: {
      what: `
        The sorry server of a service is one of its real servers too, with the same address and port.`,
      why: `
        It answers when no real server works, and it is one of those that do not: clients get nothing at all, or the
        page that should have said sorry comes from a server that is down.`,
      fix: `
        Name another host, or another port of that host (nat), where something answers that does not share the
        service's fate.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: tcp }
            realServers: [{ host: pi2 }]
            sorryServer: { host: pi2 }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: tcp }
            realServers: [{ host: pi2 }]
            sorryServer: { host: pi3 }`,
    },
    check: ({ cluster }) =>
      cluster.services.flatMap(({ sorryServer, realServers, name }) => {
        const same = realServers.find(
          ({ address, port }) => address === sorryServer?.address && port === sorryServer.port,
        );
        if (sorryServer === null || same === undefined) return [];
        return {
          pointer: sorryServer.pointer,
          message: `${same.host ?? same.address} is a real server of ${name} already (${same.pointer})`,
          hint: "name a host or a port that is none of the real servers'",
        };
      }),
  },
  {
    code: "LVS215",
    name: "a sorry server's service has a health check",
    severity: "error",
    explain: {
      what: `
        A service has a sorryServer and no healthCheck.`,
      why: `
        Nobody finds out that the real servers do not work, so that the sorry server never gets a request.`,
      fix: `
        Say how servers are checked, or take the sorry server out.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }]
            sorryServer: { host: pi3 }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: tcp }
            realServers: [{ host: pi2 }]
            sorryServer: { host: pi3 }`,
    },
    check: ({ cluster, intact }) => {
      if (cluster.directors.engine !== "keepalived") return [];
      return cluster.services.flatMap(({ sorryServer, healthCheck, pointer, name }) => {
        if (sorryServer === null || healthCheck !== null || !intact(pointer)) return [];
        return {
          pointer: sorryServer.pointer,
          message: `nobody looks whether the real servers of ${name} work, so that it never answers`,
          hint: 'add a "healthCheck"',
        };
      });
    },
  },
];

function typesWith(key: Key): string {
  return Object.entries(keysOf)
    .filter(([, keys]) => keys.includes(key))
    .map(([type]) => type)
    .join(" or ");
}
