/** Imports texts in-process, in the short form that tests compare. */

import { type ImportOptions, importTopology, type Source } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { WithServices } from "./import-conf.ts";

/** A text, or a name and a text where the name matters. */
export type Given = string | readonly [name: string, text: string];

export function imported(given: readonly [Given, ...Given[]], more: Partial<ImportOptions> = {}) {
  const sources = given.map(
    (each, index): Source =>
      typeof each === "string" ? { name: `file${index}`, text: each } : { name: each[0], text: each[1] },
  );
  const result = importTopology(sources as [Source, ...Source[]], more);
  const { notes } = result;
  const topology = result.topology as WithServices | null;
  const hosts = topology?.hosts ?? {};
  const addressOf = (name: string) =>
    String(Object.values(hosts[name]?.interfaces ?? {})[0]).replace(/\/.*$/, "");
  const services = (topology?.virtualServices ?? []).map(
    ({ vip, port, fwmark, protocol, scheduler, realServers, ...service }) => {
      const servers = realServers.flatMap((server) =>
        typeof server === "string"
          ? []
          : `${addressOf(server.host ?? "")}${server.port === undefined ? "" : `:${server.port}`}*${server.weight}${server.forwarding === undefined ? "" : ` ${server.forwarding}`}`,
      );
      const key = fwmark === undefined ? `${vip}:${port}` : `mark ${fwmark}`;
      return `${key} ${protocol} ${scheduler} ${service.forwarding} -> ${servers.join(", ")}`;
    },
  );
  const errors =
    topology === null
      ? []
      : checkTopology(JSON.stringify(topology), "topology.json")
          .diagnostics.filter(({ severity }) => severity === "error")
          .map(({ code, message }) => `${code} ${message}`);
  return {
    ...result,
    topology,
    services,
    counts: result.services,
    errors,
    /** Without the placeholders that each import has. */
    told: notes
      .filter(({ code }) => code !== "IMP101")
      .map(({ code, place, message }) => `${code} ${place.source.name}:${place.line} ${message}`),
  };
}
