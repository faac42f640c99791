/**
 * Listings of `ipvsadm -Ln`, with --thresholds, --persistent-conn, --stats or --rate -> the calls that would make them.
 * Of one table several listings may follow each other: each adds what it shows.
 */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Place, Source, Word } from "../place.ts";
import { endpointOf } from "./endpoint.ts";
import { wordsOf } from "./lines.ts";

/** What the columns after a server are. */
type Columns = "forward" | "thresholds" | "persistent" | "counts";

const headers: readonly { readonly pattern: RegExp; readonly columns: Columns }[] = [
  { pattern: /\bForward\s+Weight\b/, columns: "forward" },
  { pattern: /\bUthreshold\s+Lthreshold\b/, columns: "thresholds" },
  { pattern: /\bWeight\s+PersistConn\b/, columns: "persistent" },
  { pattern: /\b(Conns|CPS)\s+In(Pkts|PPS)\b/, columns: "counts" },
];

const methods: Readonly<Record<string, string>> = { Masq: "-m", Tunnel: "-i", Route: "-g", Local: "-g" };

const options: Readonly<Record<string, string>> = { TCP: "-t", UDP: "-u", SCTP: "--sctp-service" };

export function isListing(text: string): boolean {
  return (
    /^IP Virtual Server version/m.test(text) || /^(TCP|UDP|SCTP|FWM)[ \t]+\S+[^\n]*\n[ \t]*->/m.test(text)
  );
}

interface Row {
  readonly place: Place;
  /** `-t ADDRESS:PORT`. */
  readonly key: readonly string[];
  /** -s and what belongs to it. */
  settings: readonly string[] | null;
  readonly servers: Map<string, ServerRow>;
}

interface ServerRow {
  readonly place: Place;
  method: string | null;
  weight: string | null;
  thresholds: readonly string[];
}

export interface Listing {
  /** The arguments of ipvsadm, with the line that has them. */
  readonly calls: readonly { readonly words: readonly Word[]; readonly place: Place }[];
  readonly tellsThresholds: boolean;
}

export function readListing(source: Source, notes: Notes): Listing {
  const rows = new Map<string, Row>();
  let columns: Columns = "forward";
  let row: Row | null = null;
  let tellsThresholds = false;
  for (const [index, line] of source.text.split(/\r?\n/).entries()) {
    columns = headers.find(({ pattern }) => pattern.test(line))?.columns ?? columns;
    if (columns === "thresholds") tellsThresholds = true;
    const place = { source, line: index + 1, column: line.length - line.trimStart().length + 1 };
    const words = wordsOf(line, place).map(({ text }) => text);
    const [first = ""] = words;
    if (first === "->" && !/^RemoteAddress/.test(words[1] ?? "")) {
      if (row !== null) addServer(words.slice(1), columns, place, row);
      else
        notes.notUnderstood(place, say`a server without a service`, say`import the whole listing`, {
          lost: { servers: 1 },
        });
    } else if (/^(TCP|UDP|SCTP|FWM)$/.test(first)) row = addService(words, columns, place, rows);
  }
  const all = [...rows.values()];
  tellGaps(all, source, notes);
  return { calls: all.flatMap(callsOf), tellsThresholds };
}

function addService(
  [protocol = "", name = "", ...rest]: readonly string[],
  columns: Columns,
  place: Place,
  rows: Map<string, Row>,
): Row {
  const is6 = protocol === "FWM" && rest[0] === "IPv6";
  const key = protocol === "FWM" ? ["-f", name, ...(is6 ? ["-6"] : [])] : [options[protocol] ?? "", name];
  const row: Row = rows.get(key.join(" ")) ?? { place, key, settings: null, servers: new Map() };
  // With --stats and --rate there are counts in the place of the scheduler.
  if (columns !== "counts") row.settings = settingsOf(is6 ? rest.slice(1) : rest);
  rows.set(key.join(" "), row);
  return row;
}

/** `wlc (FLAGS) persistent SECONDS mask NETMASK pe NAME ops`. */
function settingsOf([scheduler = "wlc", ...rest]: readonly string[]): string[] {
  const after = (name: string) => (rest.includes(name) ? [rest[rest.indexOf(name) + 1] ?? ""] : []);
  const flags = rest.find((word) => /^\(.+\)$/.test(word))?.slice(1, -1);
  return [
    "-s",
    scheduler,
    ...(flags === undefined ? [] : ["-b", flags]),
    ...after("persistent").flatMap((value) => ["-p", value]),
    ...after("mask").flatMap((value) => ["-M", value]),
    ...after("pe").flatMap((value) => ["--pe", value]),
    ...(rest.includes("ops") ? ["-o"] : []),
  ];
}

function addServer([name = "", ...rest]: readonly string[], columns: Columns, place: Place, row: Row): void {
  const server = row.servers.get(name) ?? { place, method: null, weight: null, thresholds: [] };
  const [first = "", second = ""] = rest;
  if (columns === "forward") {
    server.method = methods[first] ?? null;
    server.weight = second;
  } else if (columns === "persistent") server.weight = first;
  else if (columns === "thresholds") server.thresholds = ["-x", first, "-y", second];
  row.servers.set(name, server);
}

function callsOf({ place, key, settings, servers }: Row): Listing["calls"] {
  const words = (texts: readonly string[], at: Place) => texts.map((text): Word => ({ text, place: at }));
  return [
    { words: words(["-A", ...key, ...(settings ?? [])], place), place },
    ...[...servers].map(([name, { method, weight, thresholds, place: at }]) => ({
      words: words(["-a", ...key, "-r", name, method ?? "-g", "-w", weight ?? "1", ...thresholds], at),
      place: at,
    })),
  ];
}

/** What the listing does not show. */
function tellGaps(rows: readonly Row[], source: Source, notes: Notes): void {
  const readable = rows.filter(
    ({ key: [option = "", name = ""] }) => option === "-f" || endpointOf(name) !== null,
  );
  const servers = readable.flatMap((row) => [...row.servers.values()]);
  const tell = (place: Place | undefined, message: string) =>
    place === undefined
      ? undefined
      : notes.changed(place, message, say`import the output of 'ipvsadm -Sn' instead`, { effect: "traffic" });
  tell(
    readable.find(({ settings }) => settings === null)?.place,
    say`the listing does not show schedulers and persistence: the placeholder is wlc without persistence`,
  );
  tell(
    servers.find(({ method }) => method === null)?.place,
    say`the listing does not show forwarding methods: the placeholder is dr`,
  );
  tell(
    servers.find(({ weight }) => weight === null)?.place,
    say`the listing does not show weights: the placeholder is 1`,
  );
  tell(
    servers.find(({ method }) => method === "-i")?.place,
    say`the listing does not show the types of tunnels: the placeholder is ipip`,
  );
  if (rows.length === 0)
    notes.notUnderstood(
      { source, line: 1, column: 1 },
      say`the listing has no service`,
      say`run 'ipvsadm -Ln' as root`,
    );
}
