/** Rules about the share that each real server gets. */

import { say } from "../languages/say.ts";
import { everyResolved } from "./every-server.ts";
import type { Rule } from "./rule.ts";

export const shareRules: readonly Rule[] = [
  {
    code: "LVS156",
    name: "lower threshold above the upper one",
    severity: "error",
    explain: {
      what: `
        A real server's lower threshold is above its upper one, or it has no upper one.`,
      why: `
        At the upper threshold of connections a server gets no new ones, until it has fewer than the lower one. The
        kernel refuses a pair in the wrong order (ERANGE, with "lower threshold is higher than upper threshold" in its
        log), and an upper one of 0, which means none, counts as lower: the server is missing from the table.`,
      fix: `
        Lower it, or remove both. Without a lower one the kernel uses the server again below three quarters of the upper
        one.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, upperThreshold: 100, lowerThreshold: 200 }
              - { host: pi3, lowerThreshold: 200 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, upperThreshold: 200, lowerThreshold: 100 }
              - { host: pi3 }`,
    },
    check: ({ cluster, intact }) =>
      everyResolved(cluster, ({ upperThreshold, lowerThreshold, pointer }) =>
        lowerThreshold <= upperThreshold || !intact(`${pointer}/upperThreshold`)
          ? null
          : {
              pointer: `${pointer}/lowerThreshold`,
              message:
                upperThreshold === 0
                  ? say`the lower threshold ${lowerThreshold} has no effect without an upper one`
                  : say`the lower threshold ${lowerThreshold} is above the upper one, ${upperThreshold}`,
              hint: say`set the upper one above the lower one: below the lower one a server gets connections again`,
            },
      ),
  },
  {
    code: "LVS157",
    name: "weight 0 on all real servers of a service",
    severity: "warning",
    explain: {
      what: `
        Every real server of a service has weight 0.`,
      why: `
        Weight 0 drains a server: open connections go on, and it gets no new ones. With all of them drained the
        scheduler finds no server, the kernel logs "no destination available", and clients are refused (ICMP port
        unreachable). It is easily forgotten after a service was taken down for an evening.`,
      fix: `
        Give one of them a weight. If you are taking the service down, keep it; as a warning this does not stop
        rendering.`,
      wrong: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, weight: 0 }
              - { host: pi3, weight: 0 }`,
      right: `
        virtualServices:
          - name: web
            realServers:
              - { host: pi2, weight: 0 }
              - { host: pi3, weight: 1 }`,
    },
    check: ({ cluster, services, intact }) => {
      // Servers that could not be resolved have weights too.
      const written = new Map(services.map(({ pointer, realServers }) => [pointer, realServers.length]));
      return cluster.services.flatMap(({ realServers, pointer, name }) =>
        realServers.length > 0 &&
        realServers.length === written.get(pointer) &&
        intact(`${pointer}/realServers`) &&
        realServers.every(({ weight }) => weight === 0)
          ? {
              pointer: `${pointer}/realServers`,
              message: say`every real server of ${name} has weight 0: new connections are refused`,
              hint: say`give one of them a weight, unless you are taking the service down`,
            }
          : [],
      );
    },
  },
];
