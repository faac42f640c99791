/** The state of all hosts with rates, as lines that are shown again and again. Pure. */

import { columns } from "../base/columns.ts";
import { printable } from "../base/printable.ts";
import { say } from "../languages/say.ts";
import { type Counters, counterKey, parseStats, rateOf } from "./rates.ts";
import type { HostReading, RoleStatus, ServerStatus, ServiceStatus } from "./status.ts";

export interface ClusterReading {
  /** Milliseconds. */
  readonly at: number;
  readonly hosts: readonly HostReading[];
}

export interface WatchedCluster {
  /** Hosts that balance services; others with such a script have addresses alone. */
  readonly directors: readonly string[];
  /** Whether hosts take over each other's addresses. */
  readonly moves: boolean;
}

export interface WatchLine {
  readonly text: string;
  readonly tone: "plain" | "head" | "drained" | "bad";
}

interface Row {
  readonly cells: readonly string[];
  /** What follows them, as long as it is. */
  readonly rest?: string;
  readonly tone: WatchLine["tone"];
}

/**
 * @param before the reading before; null at the first one, which has no rates
 */
export function watchLines(
  before: ClusterReading | null,
  now: ClusterReading,
  cluster: WatchedCluster,
): WatchLine[] {
  const head: Row = { cells: headings(), tone: "head" };
  const rows = [head, ...now.hosts.flatMap((host) => hostRows(host, ratesOf(before, now, host), cluster))];
  return columns(rightAligned(rows)).map((text, at) => ({
    text: printable(`${text}${rows[at]?.rest ?? ""}`, () => " "),
    tone: rows[at]?.tone ?? "plain",
  }));
}

/** From this column on there are numbers. */
const NUMBERS = 4;

function headings(): string[] {
  return [
    say`HOST`,
    say`ROLE`,
    say`STATE`,
    say`SERVICE, SERVER`,
    say`WEIGHT`,
    say`ACTIVE`,
    say`INACTIVE`,
    say`CONN/S`,
    say`PACKETS/S`,
  ];
}

function rightAligned(rows: readonly Row[]): string[][] {
  const widths = headings().map((_, column) =>
    Math.max(...rows.map(({ cells }) => (cells[column] ?? "").length)),
  );
  return rows.map(({ cells }) =>
    cells.map((cell, column) => (column < NUMBERS ? cell : cell.padStart(widths[column] ?? 0))),
  );
}

/** By the key of its counters. */
type Rates = (key: string) => Counters | null;

function ratesOf(before: ClusterReading | null, now: ClusterReading, { status, stats }: HostReading): Rates {
  const earlier = before?.hosts.find((other) => other.status.host === status.host);
  const [from, to] = [parseStats(earlier?.stats ?? ""), parseStats(stats)];
  const seconds = before === null ? 0 : (now.at - before.at) / 1000;
  return (key) => rateOf(from.get(key), to.get(key), seconds);
}

function hostRows({ status }: HostReading, rates: Rates, cluster: WatchedCluster): Row[] {
  const { host, state, words, roles } = status;
  if (roles.length === 0) {
    const rest = words === "" ? "" : `: ${words.replace(/\s*\n\s*/g, "; ")}`;
    return [{ cells: [host, "-", state], rest, tone: "bad" }];
  }
  return roles.flatMap((role, at) =>
    roleRows(at === 0 ? host : "", role, rates, titleOf(host, role, cluster), cluster.moves),
  );
}

function titleOf(host: string, { role }: RoleStatus, { directors }: WatchedCluster): string {
  if (role === "lvs_rs") return say`real server`;
  return directors.includes(host) ? say`director` : say`addresses`;
}

function roleRows(host: string, role: RoleStatus, rates: Rates, title: string, moves: boolean): Row[] {
  const { differences } = role;
  const state = role.role === "lvs_dr" && moves ? withMastership(role) : role.state;
  const drift: Row[] =
    differences.length === 0
      ? []
      : [
          {
            cells: [],
            rest: `      ${say`differs in ${differences.length}: ${differences[0]}`}`,
            tone: "bad",
          },
        ];
  const [first, ...more] = role.services.flatMap((service) => serviceRows(service, rates));
  const running = role.drained ? "drained" : (first?.tone ?? "plain");
  const tone = role.state === "running" ? running : "bad";
  return [{ cells: [host, title, state, ...(first?.cells.slice(3) ?? [])], tone }, ...more, ...drift];
}

/** The master has the addresses that move. */
function withMastership({ state, addresses, drained }: RoleStatus): string {
  const has = addresses.filter((address) => address.state === "present").length;
  if (addresses.length === 0) return state;
  if (has === addresses.length) return say`${state}, master`;
  if (drained) return say`${state}, drained`;
  return has === 0 ? say`${state}, backup` : say`${state}, has ${has} of ${addresses.length} addresses`;
}

function serviceRows(service: ServiceStatus, rates: Rates): Row[] {
  const { name, protocol, address, scheduler, state, servers } = service;
  const own = rates(counterKey(protocol, address, null));
  const title = `${name} ${protocol} ${address} ${scheduler}`;
  return [
    {
      cells: ["", "", "", title, state === "present" ? "" : say`absent`, "", "", ...rateCells(own)],
      tone: state === "present" ? "plain" : "bad",
    },
    ...servers.map((server) => serverRow(server, rates(counterKey(protocol, address, server.address)))),
  ];
}

function serverRow(
  { label, state, weight, active, inactive, drained }: ServerStatus,
  rate: Counters | null,
): Row {
  const isThere = state === "present";
  const cells = isThere
    ? [drained ? say`drained` : `${weight}`, `${active}`, `${inactive}`, ...rateCells(rate)]
    : [say`absent`];
  return {
    cells: ["", "", "", `  ${label}`, ...cells],
    tone: drained ? "drained" : isThere ? "plain" : "bad",
  };
}

function rateCells(rate: Counters | null): string[] {
  return rate === null ? ["-", "-"] : [rounded(rate.connections), rounded(rate.packets)];
}

/** One digit after the point, where it says something. */
function rounded(rate: number): string {
  return rate < 100 ? rate.toFixed(1) : rate.toFixed(0);
}
