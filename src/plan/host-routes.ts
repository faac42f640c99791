/** Routes that the topology gives a host. */

import type { Host } from "../topology/model.ts";
import { addressNear } from "./memberships.ts";
import type { RouteResource } from "./resources.ts";

/** In the form in which `ip route` shows them: a single address has no prefix length. */
export function hostRoutes(host: Host): RouteResource[] {
  return host.routes.flatMap(({ to, via, family }): RouteResource[] => {
    const near = addressNear(host, via);
    if (near === null) return [];
    return [
      { kind: "route", family, to: shown(to), via, interface: near.interface, table: null, metric: null },
    ];
  });
}

function shown(network: string): string {
  const whole = network.includes(":") ? "/128" : "/32";
  if (/^(0\.0\.0\.0|::)\/0$/.test(network)) return "default";
  return network.endsWith(whole) ? network.slice(0, -whole.length) : network;
}
