/** Rules about health checks and what follows from them. */

import { listed } from "../base/counted.ts";
import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import { usesPlaceholder } from "../plan/check-command.ts";
import type { CheckType, HealthCheck } from "../topology/model.ts";
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
  | "command"
  | "arguments";

const ofPage: readonly Key[] = ["path", "virtualHost", "status", "digest", "port"];

/** The settings of each type of check, beside the times. */
const keysOf: Readonly<Record<CheckType, readonly Key[]>> = {
  http: ofPage,
  https: ofPage,
  tcp: ["port"],
  dns: ["port", "name", "recordType"],
  smtp: ["port", "helo"],
  udp: ["port", "payload"],
  ping: [],
  script: ["command", "arguments"],
};

/** Whether a check of the type uses a setting that is not a time. */
export function usesSetting(type: CheckType, key: string): boolean {
  return (keysOf[type] as readonly string[]).includes(key);
}

/** What of a check as written, or of one of the model, says which settings it uses. */
type Asking = Pick<HealthCheck, "type"> & { readonly arguments?: readonly string[] | undefined };

/** A script needs a port only for its placeholder. */
function usesPort({ type, arguments: args = [] }: Asking): boolean {
  return type === "script"
    ? usesPlaceholder(
        args.filter((each) => typeof each === "string"),
        "port",
      )
    : keysOf[type].includes("port");
}

/** In the order of the schema. */
const allKeys: readonly Key[] = [...ofPage, "name", "recordType", "helo", "payload", "command", "arguments"];

export const healthCheckRules: readonly Rule[] = [
  {
    code: "LVS210",
    name: "setting of another type of check",
    severity: "error",
    explain: {
      what: `
        A healthCheck has a setting that its type does not use, such as a path with tcp.`,
      why: `
        A check of the type tcp only connects: it never asks for the page, and a web server that answers every request
        with an error counts as working.`,
      fix: `
        Choose the type that uses the setting, or remove the setting.`,
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
          .filter((key) => key !== "port" || !usesPort(check))
          .map((key) => ({
            pointer: pointer + pointerOf("healthCheck", key),
            message: say`a check of the type ${check.type} does not use ${key}`,
            hint:
              key === "port" && check.type === "script"
                ? say`remove it, or write {port} in its arguments`
                : say`remove it, or choose the type ${typesWith(key)}`,
          }));
      }),
  },
  {
    code: "LVS211",
    name: "script check without a command",
    severity: "error",
    explain: {
      what: `
        A healthCheck of the type script has no command.`,
      why: `
        There is nothing to run: keepalived ignores the check, and the server always counts as working.`,
      fix: `
        Give the program with its full path. It exits 0 when the server works.`,
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
          message: say`a check of the type script needs a command`,
          hint: say`add "command": the program with its full path`,
        };
      }),
  },
  {
    code: "LVS212",
    name: "health check without a port",
    severity: "error",
    explain: {
      what: `
        A service of a firewall mark or of all ports has a healthCheck without "port", of a type that needs one, or with
        {port} in its arguments.`,
      why: `
        The real servers of such a service have no port, so that keepalived would connect to port 0, which nobody
        listens on: all servers count as dead from the first check on.`,
      fix: `
        Set "port" to the port to check, or use the type ping.`,
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
        if (!intact(pointer) || !usesPort(healthCheck)) return [];
        if (realServers.every(({ port }) => port !== 0)) return [];
        return {
          pointer: `${pointer}/healthCheck/port`,
          message: say`a check of the type ${healthCheck.type} needs a port, as the real servers have none`,
          hint:
            healthCheck.type === "script"
              ? say`add "port", which {port} becomes, or write the port in its arguments`
              : say`add "port", or use the type ping`,
        };
      }),
  },
  {
    code: "LVS213",
    name: "quorum above the sum of the weights",
    severity: "error",
    explain: {
      what: `
        The quorum of a service is above the sum of its real servers' weights.`,
      why: `
        The quorum is a sum of weights, not a number of servers. If all servers together cannot reach it, keepalived
        uses their sum instead and reports that in its log only.`,
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
          message: say`the quorum ${quorum} is above the sum of the real servers' weights, ${sum}`,
          hint: say`lower the quorum, or raise the weights`,
        };
      }),
  },
  {
    code: "LVS214",
    name: "sorry server that is a real server too",
    severity: "error",
    explain: {
      what: `
        The sorry server of a service is one of its real servers too, with the same address and port.`,
      why: `
        The sorry server answers when no real server works. One that is a real server itself is down at the same time,
        and clients get no answer.`,
      fix: `
        Name another host, or another port of that host (nat), that still answers when the service is down.`,
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
          message: say`${same.host ?? same.address} is also a real server of ${name}`,
          other: same.pointer,
          hint: say`choose a host or a port that no real server of the service has`,
        };
      }),
  },
  {
    code: "LVS215",
    name: "sorry server without a health check",
    severity: "error",
    explain: {
      what: `
        A service has a sorryServer and no healthCheck.`,
      why: `
        Without a check keepalived never notices that the real servers are down, and the sorry server never gets a
        request.`,
      fix: `
        Add a healthCheck, or remove the sorry server.`,
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
          message: say`the sorry server never answers: ${name} has no health check`,
          hint: say`add a "healthCheck"`,
        };
      });
    },
  },
  {
    code: "LVS219",
    name: "range of statuses with its greater end first",
    severity: "error",
    explain: {
      what: `
        A healthCheck's status has a range whose greater code comes first.`,
      why: `
        keepalived ignores such a range: "Invalid HTTP_GET status code". The check would then accept no status at all,
        or only the others of the list, and working servers would be taken out.`,
      fix: `
        Write the smaller code first.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: http, status: [301, 299-200] }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck: { type: http, status: [301, 200-299] }`,
    },
    check: ({ services }) =>
      services.flatMap(({ value: { healthCheck }, pointer }) => {
        const status = healthCheck?.status;
        const place = `${pointer}/healthCheck/status`;
        const items = typeof status === "object" ? Object.entries(status) : [["", status] as const];
        return items
          .filter(([, item]) => isBackwards(item))
          .map(([index, item]) => ({
            pointer: index === "" ? place : `${place}/${index}`,
            message: say`${item} is not a range of statuses`,
            hint: say`write the smaller code first, as in "200-299"`,
          }));
      }),
  },
];

function typesWith(key: Key): string {
  const types = Object.entries(keysOf).filter(([, keys]) => keys.includes(key));
  return listed(
    types.map(([type]) => type),
    "or",
  );
}

function isBackwards(status: unknown): boolean {
  const [first = 0, last = first] = String(status).split("-").map(Number);
  return first > last;
}
