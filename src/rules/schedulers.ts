/** Rules about schedulers. */

import { listed } from "../base/counted.ts";
import { say } from "../languages/say.ts";
import { unavailable } from "../plan/feature-gate.ts";
import { isFeature } from "../platforms/features.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Engine, Host, VirtualService } from "../topology/model.ts";
import type { Rule } from "./rule.ts";

/**
 * Schedulers that look at a weight only to see whether it is 0 (net/netfilter/ipvs/ip_vs_rr.c, ip_vs_lc.c,
 * ip_vs_dh.c), with what to use instead.
 */
const unweighted: Readonly<Record<string, readonly string[]>> = {
  rr: ["wrr"],
  lc: ["wlc"],
  dh: ["mh", "wrr"],
};

export const schedulerRules: readonly Rule[] = [
  {
    code: "LVS140",
    name: "scheduler that a director's kernel lacks",
    severity: "error",
    explain: {
      what: `
        A director's kernel is older than the service's scheduler, or its kernel package is built without it.`,
      why: `
        The scheduler is a module, ip_vs_mh for mh, that the kernel loads when a service asks for it. If there is none,
        ipvsadm says "Scheduler or persistence engine not found" and the service is missing from the table; ipvsadm -R
        exits 0 unless that was the last line. keepalived uses wlc instead, without an error: clients that mh would keep
        on one server are then spread by load.`,
      fix: `
        Choose one of the ten schedulers that every kernel has; for mh that is mostly sh, for fo and ovf wlc with
        thresholds. If the host runs another kernel than its release ships, set "kernel".`,
      wrong: `
        hosts:
          pi1:
            os: raspbian-12
            reassert: 60
            interfaces: { eth0: 192.168.1.114/24 }
        virtualServices:
          - name: web
            scheduler: mh`,
      right: `
        hosts:
          pi1:
            os: raspbian-12
            reassert: 60
            interfaces: { eth0: 192.168.1.114/24 }
        virtualServices:
          - name: web
            scheduler: sh`,
    },
    check: ({ cluster }) =>
      cluster.services.flatMap((service) =>
        cluster.directors.hosts.flatMap((name) => {
          const host = cluster.hosts.get(name);
          return host === undefined ? [] : (missing(service, host, cluster.directors.engine) ?? []);
        }),
      ),
  },
  {
    code: "LVS141",
    name: "weights that the scheduler ignores",
    severity: "warning",
    explain: {
      what: `
        Real servers of one service have different weights, and its scheduler looks at a weight only to see whether it
        is 0.`,
      why: `
        The kernel stores the weights and ipvsadm shows them, but rr, lc and dh never compare them. The machine that
        should get a third of the load gets half, and only its load average shows it.`,
      fix: `
        Use the weighted scheduler (wrr for rr, wlc for lc), or give all servers the same weight. Weight 0, which
        drains a server, works with every scheduler and does not count here.`,
      wrong: `
        virtualServices:
          - name: web
            scheduler: rr
            realServers:
              - { host: pi2, weight: 3 }
              - { host: pi3, weight: 1 }`,
      right: `
        virtualServices:
          - name: web
            scheduler: wrr
            realServers:
              - { host: pi2, weight: 3 }
              - { host: pi3, weight: 1 }`,
    },
    check: ({ cluster }) => cluster.services.flatMap((service) => ignoredWeights(service) ?? []),
  },
];

function missing({ scheduler, pointer }: VirtualService, host: Host, engine: Engine): Problem | null {
  const feature = `scheduler ${scheduler}`;
  const reason = isFeature(feature) ? unavailable(feature, host, engine) : undefined;
  if (reason === undefined) return null;
  return {
    pointer: `${pointer}/scheduler`,
    message: reason,
    hint: say`rr, wrr, lc, wlc, lblc, lblcr, dh, sh, sed and nq are in every kernel; if the host runs another kernel than its release ships, set hosts.${host.name}.kernel`,
  };
}

function ignoredWeights({ scheduler, realServers, pointer }: VirtualService): Problem | null {
  const instead = unweighted[scheduler];
  const weights = new Set(realServers.map(({ weight }) => weight).filter((weight) => weight > 0));
  if (instead === undefined || weights.size < 2) return null;
  return {
    pointer: `${pointer}/scheduler`,
    message: say`${scheduler} ignores weights, and the real servers have ${listed([...weights].sort((a, b) => a - b).map(String))}`,
    hint: say`use ${listed(instead, "or")}, or give all real servers the same weight`,
  };
}
