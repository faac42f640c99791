/** Imports a keepalived.conf that a test writes, and says what came of it. */

import { type ImportOptions, importTopology } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Topology } from "../../src/topology/input.generated.ts";

/** Of a text with services: it has both halves. */
export type WithServices = Topology & Required<Pick<Topology, "directors" | "virtualServices">>;

export function importConf(text: string, more: Partial<ImportOptions> = {}) {
  const imported = importTopology([{ name: "keepalived.conf", text }], more);
  const { notes } = imported;
  const topology = imported.topology as WithServices | null;
  const errors =
    topology === null
      ? []
      : checkTopology(JSON.stringify(topology), "topology.json").diagnostics.filter(
          ({ severity }) => severity === "error",
        );
  return {
    ...imported,
    topology,
    /** Rules that the topology breaks. */
    errors: errors.map(({ code, message }) => `${code} ${message}`),
    /** Each note in a line. */
    told: notes
      .map(({ code, place, effect, message }) => `${code} ${place.line} ${effect}: ${message}`)
      .join("\n"),
  };
}

/** @param inside lines of the instance */
export function instance(inside: string, name = "VI_1"): string {
  return `vrrp_instance ${name} {\n${inside}\n}\n`;
}

/** An instance with a VIP on eth0, in nine lines with `more`'s first. */
export function pair(more = "state MASTER", vip = "192.0.2.10"): string {
  return instance(`interface eth0\nvirtual_router_id 61\n${more}\nvirtual_ipaddress {\n${vip}\n}`);
}

export function service(inside: string, of = "192.0.2.10 80", method = "DR"): string {
  return `virtual_server ${of} {\nprotocol TCP\nlb_algo rr\nlb_kind ${method}\n${inside}\n}\n`;
}

export function server(inside = "", of = "192.0.2.21 80"): string {
  return `real_server ${of} {\n${inside}\n}`;
}

export const page = (inside: string) => `HTTP_GET {\nurl {\n${inside}\n}\n}`;
