/** Output of `ipvsadm -Sn`, of `ip -j addr` and of `ipvsadm -L --timeout` -> facts about the cluster. */

import { say } from "../../languages/say.ts";
import { canonicalIp, isLinkLocal } from "../../topology/addresses.ts";
import type { Topology } from "../../topology/input.generated.ts";
import { ImportError, type Notes } from "../notes.ts";
import type { Observed, OwnAddress } from "../observed.ts";
import { type Source, startOf } from "../place.ts";
import { refuse } from "../recognise.ts";
import { refuseTemplate } from "../templates.ts";
import { wordsOf } from "./lines.ts";
import { isListing, readListing } from "./listing.ts";
import { IpvsTable } from "./table.ts";

export function readIpvsadm(source: Source, notes: Notes): Observed {
  refuseTemplate(source);
  const table = new IpvsTable(notes);
  if (isListing(source.text)) return fromListing(source, table, notes);
  let number = 0;
  for (const line of source.text.split(/\r?\n/)) {
    number++;
    const words = wordsOf(line, { source, line: number, column: 1 });
    const [first] = words;
    if (first !== undefined) table.call(words, first.place);
  }
  return { ...nothingObserved(source), ...tableResult(table) };
}

function fromListing(source: Source, table: IpvsTable, notes: Notes): Observed {
  const { calls, tellsThresholds } = readListing(source, notes);
  for (const { words, place } of calls) table.call(words, place);
  return { ...nothingObserved(source), ...tableResult(table), tellsThresholds };
}

export function tableResult(
  table: IpvsTable,
): Pick<Observed, "services" | "timeouts" | "connectionSync" | "tellsThresholds"> {
  return {
    services: table.services(),
    timeouts: table.timeouts,
    connectionSync: table.sync(),
    tellsThresholds: table.thresholds,
  };
}

export function nothingObserved(source: Source): Observed {
  return {
    place: startOf(source),
    engine: "ipvsadm",
    directorName: null,
    clusterName: null,
    own: [],
    ownIsComplete: false,
    peers: [],
    carried: [],
    services: [],
    marks: [],
    gateway: null,
    routes: [],
    masquerades: false,
    tellsThresholds: false,
    vrrp: null,
    notification: null,
    connectionSync: null,
    timeouts: null,
  };
}

interface IpLink {
  readonly ifname?: unknown;
  readonly addr_info?: unknown;
}

interface IpAddress {
  readonly local?: unknown;
  readonly prefixlen?: unknown;
}

/**
 * Addresses of the host that `ip -j addr` was run on, without loopback and link-local ones.
 *
 * @throws ImportError if the text is not that program's output
 */
export function readAddresses(source: Source): OwnAddress[] {
  refuse(source);
  const links = parseLinks(source);
  return links.flatMap(({ ifname, addr_info: addresses }) => {
    if (typeof ifname !== "string" || ifname === "lo" || !Array.isArray(addresses)) return [];
    return (addresses as IpAddress[]).flatMap(({ local, prefixlen }) => {
      const ip = typeof local === "string" ? canonicalIp(local) : null;
      if (ip === null || isLinkLocal(ip) || typeof prefixlen !== "number") return [];
      // Only `ip -j` without -p is one line; the address itself is easily found in both.
      const line = source.text.slice(0, source.text.indexOf(`"${local}"`)).split("\n").length;
      return {
        ip,
        prefix: prefixlen,
        interface: ifname.split("@")[0] ?? ifname,
        place: { source, line, column: 1 },
      };
    });
  });
}

function parseLinks(source: Source): IpLink[] {
  try {
    const value: unknown = JSON.parse(source.text);
    if (Array.isArray(value)) return value as IpLink[];
  } catch {
    // Reported below, like JSON of another shape.
  }
  throw new ImportError(
    startOf(source),
    say`not the output of 'ip -j addr'`,
    say`run 'ip -j addr' on the director`,
  );
}

/** @throws ImportError where the text is not that of `ipvsadm -L --timeout` */
export function readTimeouts(source: Source): NonNullable<Topology["timeouts"]> {
  refuse(source);
  const [, tcp, tcpFin, udp] = /\(tcp tcpfin udp\):\s*(\d+)\s+(\d+)\s+(\d+)/.exec(source.text) ?? [];
  if (udp === undefined)
    throw new ImportError(
      startOf(source),
      say`not the output of 'ipvsadm -L --timeout'`,
      say`run 'ipvsadm -L --timeout' on the director as root`,
    );
  return { tcp: Number(tcp), tcpFin: Number(tcpFin), udp: Number(udp) };
}
