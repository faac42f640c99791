/** Rules about what makes active directors choose different servers for one connection, or leave a server's clients alone. */

import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, RealServer, VirtualService } from "../topology/model.ts";
import { choosesAlike } from "../topology/same-everywhere.ts";
import { allServers } from "../topology/servers.ts";
import { announcing } from "./announce-example.ts";
import { isSpread } from "./is-spread.ts";
import type { Rule } from "./rule.ts";

/** Those whose choice is refused, not replaced, where the server of a client has weight 0; by a flag it is replaced. */
const fallback: Readonly<Record<string, string>> = { mh: "mh-fallback", sh: "sh-fallback" };

export const announceSchedulingRules: readonly Rule[] = [
  {
    code: "LVS310",
    name: "nat behind several active directors",
    severity: "error",
    explain: {
      what: `
        Several directors announce their VIPs, and a real server is reached by nat.`,
      why: `
        The director that rewrote a connection's packets has to rewrite the answers, too. Routers choose the director of
        each packet by themselves, and choose another one when a director fails, leaves or returns. Answers go where the
        server's return path leads, which is one director at most. With returnPath masquerade they do come back, but
        from another director's address after a change, and the server resets the connection.`,
      fix: `
        Use tun, or dr where all directors are in the server's network: answers go straight to the client.`,
      wrong: announcing({
        service:
          "scheduler: mh\nhealthCheck: { type: tcp }\nforwarding: nat\nnat: { returnPath: masquerade }",
      }),
      right: announcing({ service: "scheduler: mh\nhealthCheck: { type: tcp }\nforwarding: tun" }),
    },
    check: ({ cluster, intact }) =>
      spreadServers(cluster).flatMap(({ server, service }): Problem[] => {
        const places = [server.pointer, service.pointer].map((place) => `${place}/forwarding`);
        if (server.forwarding !== "nat" || !places.every(intact)) return [];
        return [
          {
            pointer: `${server.pointer}/forwarding`,
            message: say`answers of ${server.host ?? server.address} by nat have to pass the director that has the connection, and routers choose among ${cluster.directors.hosts.length} directors`,
            hint: say`use forwarding "tun", or "dr" in the directors' network`,
          },
        ];
      }),
  },
  {
    code: "LVS311",
    name: "scheduler by which active directors choose different servers",
    severity: "warning",
    explain: {
      what: `
        Several directors announce the VIP of a service, and its scheduler goes round, counts connections or chooses by
        chance: rr, wrr, lc, wlc, lblc, lblcr, sed, nq, ovf or twos.`,
      why: `
        When a director fails, is drained or returns, routers send its connections to the others. A director that does
        not know a connection schedules it. By these schedulers it chooses a server from what it has seen itself, which
        in most cases is another one, and that server resets the connection. mh and sh choose by the client's address
        and port, and so the same server in every director.`,
      fix: `
        Remove "scheduler": the default is then mh, or sh where a kernel lacks it. With onePacket, where each packet is a
        request by itself, any scheduler is right and there is no warning. As a warning this does not stop rendering.`,
      wrong: announcing({ service: "scheduler: wlc\nhealthCheck: { type: tcp }" }),
      right: announcing({ service: "scheduler: mh\nhealthCheck: { type: tcp }" }),
    },
    check: ({ cluster, intact }) =>
      spreadServices(cluster).flatMap((service): Problem[] => {
        const { scheduler, onePacket, pointer, name } = service;
        // Persistence is LVS312's business.
        if (choosesAlike({ ...service, persistence: null })) return [];
        if (onePacket || !intact(`${pointer}/onePacket`)) return [];
        return [
          {
            pointer: `${pointer}/scheduler`,
            message: say`connections of ${name} that move to another director get another server: by ${scheduler} each director chooses from what it has seen`,
            hint: say`remove "scheduler": by the default all directors choose the same server`,
          },
        ];
      }),
  },
  {
    code: "LVS312",
    name: "persistence that active directors do not share",
    severity: "error",
    explain: {
      what: `
        Several directors announce the VIP of a service, and the service has persistence.`,
      why: `
        Persistence is an entry in the memory of one director. Routers send a client's connections to several, by their
        ports, and each director makes an entry of its own: the client gets one server here and another there, which is
        what persistence should prevent.`,
      fix: `
        Remove persistence, and set schedulerFlags to mh-fallback alone: without mh-port every director chooses by the
        client's address, and so the same server for all its connections.`,
      wrong: announcing({
        service: "scheduler: mh\nhealthCheck: { type: tcp }\npersistence: { timeout: 300 }",
      }),
      right: announcing({
        service: "scheduler: mh\nhealthCheck: { type: tcp }\nschedulerFlags: [mh-fallback]",
      }),
    },
    check: ({ cluster }) =>
      spreadServices(cluster)
        .filter(({ persistence }) => persistence !== null)
        .map(({ pointer, name, port, mark }) => ({
          pointer: `${pointer}/persistence`,
          message: say`a client of ${name} gets one server by one director and another by the next: each remembers its own`,
          hint:
            // The kernel has all ports as one service with persistence only (LVS131).
            port === 0 && mark === null
              ? say`make a "fwmark" of the ports, and set "schedulerFlags" to ["mh-fallback"] instead of persistence`
              : say`remove persistence, and set "schedulerFlags" to ["mh-fallback"]: mh then goes by the client's address`,
        })),
  },
  {
    code: "LVS313",
    name: "thresholds that active directors count by themselves",
    severity: "warning",
    explain: {
      what: `
        Several directors announce the VIP of a service, and a real server has an upperThreshold.`,
      why: `
        Each director counts the connections that it sends itself. One of them finds the server full and chooses another
        one, while the next still uses it: a connection that moves between the two is reset. The server gets up to the
        threshold from every director, and after a failure what it should not have from those that are left.`,
      fix: `
        Remove the thresholds, and limit connections on the server itself. As a warning this does not stop rendering.`,
      wrong: announcing({
        service:
          "scheduler: mh\nhealthCheck: { type: tcp }\nrealServers:\n  - { host: pi2, upperThreshold: 100 }\n  - { host: pi3 }",
      }),
      right: announcing({
        service:
          "scheduler: mh\nhealthCheck: { type: tcp }\nrealServers:\n  - { host: pi2 }\n  - { host: pi3 }",
      }),
    },
    check: ({ cluster, intact }) =>
      spreadServers(cluster).flatMap(({ server }): Problem[] => {
        const { upperThreshold, host, address, pointer } = server;
        if (upperThreshold === 0 || !intact(`${pointer}/upperThreshold`)) return [];
        return [
          {
            pointer: `${pointer}/upperThreshold`,
            message: say`each of ${cluster.directors.hosts.length} directors counts connections of ${host ?? address} by itself: one finds it full while others use it`,
            hint: say`remove the thresholds, and limit connections on the server`,
          },
        ];
      }),
  },
  {
    code: "LVS314",
    name: "scheduler sh with weights, in active directors",
    severity: "warning",
    explain: {
      what: `
        Several directors announce the VIP of a service with the scheduler sh, and a real server has a weight above 1.`,
      why: `
        sh gives each server as many of its 256 places in a row as its weight says. A server that fails or is drained
        has weight 0, which counts as one place: all places behind it move, and with them most clients. Open connections
        stay where they are as long as their director does; one that moves to another director then gets another server.
        With weights of 1 nothing moves but the failed server's own clients.`,
      fix: `
        Use mh, which keeps the places of the others, or weights of 1 and 0. As a warning this does not stop rendering.`,
      wrong: announcing({
        service:
          "scheduler: sh\nhealthCheck: { type: tcp }\nrealServers:\n  - { host: pi2, weight: 3 }\n  - { host: pi3 }",
      }),
      right: announcing({
        service:
          "scheduler: mh\nhealthCheck: { type: tcp }\nrealServers:\n  - { host: pi2, weight: 3 }\n  - { host: pi3 }",
      }),
    },
    // ip_vs_sh_reassign, at each change of a weight: "if (++d_count >= atomic_read(&dest->weight)) p = p->next".
    check: ({ cluster }) =>
      spreadServices(cluster).flatMap(({ scheduler, realServers, name }): Problem[] => {
        const heavy = realServers.find(({ weight }) => weight > 1);
        if (scheduler !== "sh" || heavy === undefined || realServers.length < 2) return [];
        return [
          {
            pointer: `${heavy.pointer}/weight`,
            message: say`when a server of ${name} fails, sh moves most clients to other servers, as its weight ${heavy.weight} moves all places behind it`,
            hint: say`use mh, or weights of 1 and 0`,
          },
        ];
      }),
  },
  {
    code: "LVS315",
    name: "clients of a drained server that are refused",
    severity: "warning",
    explain: {
      what: `
        Directors announce the VIP of a service with the scheduler mh or sh, and schedulerFlags lacks mh-fallback or
        sh-fallback.`,
      why: `
        The server of a client is fixed by its address and port. A server that is drained or fails its check stays in
        the table with weight 0, so that all tables are alike. Without the flag the kernel chooses it nevertheless, and
        refuses the connection (ICMP port unreachable): its share of new clients gets no answer until it is back.`,
      fix: `
        Add the flag, or remove schedulerFlags: the default has it. As a warning this does not stop rendering.`,
      wrong: announcing({ service: "scheduler: mh\nhealthCheck: { type: tcp }\nschedulerFlags: [mh-port]" }),
      right: announcing({
        service: "scheduler: mh\nhealthCheck: { type: tcp }\nschedulerFlags: [mh-port, mh-fallback]",
      }),
    },
    check: ({ cluster, intact }) =>
      announcedServices(cluster).flatMap(({ scheduler, schedulerFlags, pointer, name }): Problem[] => {
        const flag = fallback[scheduler];
        if (flag === undefined || schedulerFlags.includes(flag) || !intact(`${pointer}/schedulerFlags`))
          return [];
        return [
          {
            pointer: `${pointer}/schedulerFlags`,
            message: say`a server of ${name} that fails or is drained keeps its share of new clients, and they are refused`,
            hint: say`add ${JSON.stringify(flag)}, or remove "schedulerFlags"`,
          },
        ];
      }),
  },
];

function announcedServices({ directors, services }: Cluster): readonly VirtualService[] {
  return directors.announce === null ? [] : services;
}

function spreadServices(cluster: Cluster): readonly VirtualService[] {
  return isSpread(cluster) ? cluster.services : [];
}

/** Sorry servers among them. */
function spreadServers(
  cluster: Cluster,
): { readonly server: RealServer; readonly service: VirtualService }[] {
  return spreadServices(cluster).flatMap((service) =>
    allServers(service).map((server) => ({ server, service })),
  );
}
