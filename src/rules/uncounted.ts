/** Rules about schedulers that choose by what a service never has: counted connections, or several destinations. */

import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { VirtualService } from "../topology/model.ts";
import type { Rule } from "./rule.ts";

/**
 * What each scheduler compares, where it compares connections (net/netfilter/ipvs/ip_vs_lc.c, ip_vs_wlc.c, ip_vs_sed.c,
 * ip_vs_nq.c). ovf does too, and has LVS144.
 */
const compared: Readonly<Record<string, "active" | "all">> = {
  lc: "all",
  wlc: "all",
  sed: "active",
  nq: "active",
};

/** Schedulers that keep a destination at a server (ip_vs_dh.c, ip_vs_lblc.c, ip_vs_lblcr.c). */
const byDestination: ReadonlySet<string> = new Set(["dh", "lblc", "lblcr"]);

export const uncountedRules: readonly Rule[] = [
  {
    code: "LVS138",
    name: "one server gets everything, because the scheduler compares counts that stay at 0",
    severity: "warning",
    explain: {
      what: `
        A UDP service with onePacket has the scheduler wlc (the default), lc, sed or nq; or a UDP service without it
        has sed or nq.`,
      why: `
        These schedulers choose the server with the fewest connections. With onePacket a connection is over as soon as
        its packet is passed on, so that every server always has none. Without it the kernel counts UDP clients as
        inactive, and sed and nq compare active connections only. Among equals the kernel takes the first in its list:
        one server gets all of the traffic and the others idle, though all of them look well.`,
      fix: `
        Use rr, or wrr where the weights differ: they go round without counting. For UDP without onePacket wlc works
        too, as it compares inactive connections as well.`,
      wrong: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            onePacket: true
            realServers: [{ host: pi2 }, { host: pi3 }]`,
      right: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            onePacket: true
            scheduler: rr
            realServers: [{ host: pi2 }, { host: pi3 }]`,
    },
    // A connection begins as inactive (__ip_vs_update_dest), and one of a single packet ends with it (ip_vs_conn_put).
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service): Problem[] => {
        const { name, scheduler, protocol, onePacket, pointer } = service;
        const counts = compared[scheduler];
        if (protocol !== "udp" || counts === undefined || (counts === "all" && !onePacket)) return [];
        if (!isChosen(service) || !isWhole(pointer, intact)) return [];
        return [
          {
            pointer: `${pointer}/${onePacket ? "onePacket" : "scheduler"}`,
            message: onePacket
              ? say`one server of ${name} gets everything: ${scheduler} compares connections, and with onePacket none is ever counted`
              : say`one server of ${name} gets everything: ${scheduler} compares active connections, and UDP has none`,
            hint: onePacket
              ? say`set "scheduler" to ${turning(service)}`
              : say`set "scheduler" to "wlc", or to ${turning(service)}`,
          },
        ];
      }),
  },
  {
    code: "LVS139",
    name: "one server gets everything, because the scheduler goes by the destination and a service has one",
    severity: "warning",
    explain: {
      what: `
        A service with several real servers has the scheduler dh, lblc or lblcr.`,
      why: `
        These schedulers are for transparent caches, which see packets to the whole Internet: they keep each destination
        address at one server. A virtual service has a single destination, its VIP. With dh all clients go to one server
        as long as it has a weight, and the others idle. lblc and lblcr move on only when a server has more active
        connections than its weight while another has next to none; UDP never has any.`,
      fix: `
        Use wlc or wrr to share the load, or sh or mh to keep each client at its server. Where one server at a time is
        meant, fo says so.`,
      wrong: `
        virtualServices:
          - name: web
            scheduler: dh`,
      right: `
        virtualServices:
          - name: web
            scheduler: sh`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service): Problem[] => {
        const { scheduler, vip, pointer } = service;
        if (!byDestination.has(scheduler) || !isChosen(service) || !isWhole(pointer, intact)) return [];
        return [
          {
            pointer: `${pointer}/scheduler`,
            message: say`${scheduler} keeps a destination at one server, and all clients have the same one: ${vip}`,
            hint: say`use wlc or wrr to share the load, sh or mh to keep clients at their servers, or fo for one at a time`,
          },
        ];
      }),
  },
];

/** What to set instead of a scheduler that counts: one that goes round. */
export function turning({ realServers }: VirtualService): string {
  const weights = new Set(realServers.map(({ weight }) => weight).filter((weight) => weight > 0));
  return weights.size > 1 ? '"wrr"' : '"rr"';
}

/** Whether single packets of the service would all go to one server. */
export function countsNothing({ scheduler }: VirtualService): boolean {
  return compared[scheduler] !== undefined || byDestination.has(scheduler) || scheduler === "ovf";
}

/** Whether there is something to choose from. */
function isChosen({ realServers }: VirtualService): boolean {
  return realServers.filter(({ weight }) => weight > 0).length > 1;
}

function isWhole(pointer: string, intact: (pointer: string) => boolean): boolean {
  return ["protocol", "scheduler", "onePacket", "realServers"].every((key) => intact(`${pointer}/${key}`));
}
