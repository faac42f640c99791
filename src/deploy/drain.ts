/**
 * Drains a real server: weight 0 on every director, whatever the topology says, until its connections are gone. A director
 * that notes its own name gives up its addresses.
 */

import { setTimeout as wait } from "node:timers/promises";
import { say } from "../languages/say.ts";
import { type HostAnswer, statusPart } from "./answer.ts";
import type { RemoteHost } from "./remote-host.ts";
import { HostFailed } from "./session.ts";
import {
  clusterStatus,
  type HostStatus,
  parseStatus,
  type RoleStatus,
  type ServerStatus,
  type ServiceStatus,
} from "./status.ts";

/**
 * - `drained`, `serving`: changed now
 * - `already drained`, `already serving`: it was so before
 * - `stopped`: noted; the director does it when it starts
 * - `failed`: half-way, or the director does not do what it notes
 * - `untouched`: not begun, refused, or out of reach
 */
export type DrainOutcome =
  | "drained"
  | "already drained"
  | "serving"
  | "already serving"
  | "stopped"
  | "failed"
  | "untouched";

/** What one director did. */
export interface DirectorDrain {
  readonly host: string;
  readonly outcome: DrainOutcome;
  /** The reason, if there is one. */
  readonly words: string;
  /** What to do; empty if there is nothing to do. */
  readonly remedy: string;
}

export interface DrainChange {
  readonly verb: "drain" | "undrain";
  /** A server by its label, or the director's own name. */
  readonly server: string;
  /** Whether it stays drained after a reboot of the director. */
  readonly keep: boolean;
}

/**
 * Changes the directors one after the other, and goes on if one fails: a server that most directors spare is nearer to
 * drained.
 *
 * @param remotes directors in order of priority; the last one is the first to change
 * @param signal aborted: begin with no further director
 */
export async function changeDirectors(
  remotes: readonly RemoteHost[],
  change: DrainChange,
  signal: AbortSignal,
): Promise<DirectorDrain[]> {
  const reports = new Map<string, DirectorDrain>();
  for (const remote of remotes.toReversed()) {
    if (signal.aborted) break;
    reports.set(remote.name, await changeDirector(remote, change));
  }
  return remotes.map(({ name }) => reports.get(name) ?? reportOf(name, "untouched"));
}

async function changeDirector(
  remote: RemoteHost,
  { verb, server, keep }: DrainChange,
): Promise<DirectorDrain> {
  try {
    const { parts, failed } = await remote.ask({
      verb,
      token: verb,
      trySeconds: 0,
      drain: { server, keep },
    });
    if (failed !== null)
      return reportOf(remote.name, failed.state === "untouched" ? "untouched" : "failed", failed.words);
    const before = (parts.get("before") ?? "").trim() !== "serving";
    if (directorIn(parts)?.state === "stopped") return reportOf(remote.name, "stopped");
    if (verb === "undrain") return reportOf(remote.name, before ? "serving" : "already serving");
    if (!(await isSpared(remote, parts, server)))
      return reportOf(remote.name, "failed", say`it still sends connections to ${server}`);
    return reportOf(remote.name, before ? "already drained" : "drained");
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    const { words, remedy } = error.failure;
    return { ...reportOf(remote.name, "untouched", words), remedy };
  }
}

/** Seconds for keepalived to read its new configuration. */
const PATIENCE = 10;

/** Whether the director sends no new connections to a server, now or soon. */
async function isSpared(remote: RemoteHost, parts: HostAnswer["parts"], server: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE * 1000;
  for (let now = parts; ; ) {
    const services = directorIn(now)?.services ?? [];
    if (serversOf(services, server).every(({ weight }) => weight === 0)) return true;
    if (Date.now() > deadline) return false;
    await wait(300);
    now = (await remote.ask({ verb: "status", token: "status", trySeconds: 0 })).parts;
  }
}

function directorIn(parts: HostAnswer["parts"]): RoleStatus | null {
  const told = parts.get("status.lvs_dr");
  return told === undefined ? null : parseStatus(statusPart(told).said);
}

function reportOf(host: string, outcome: DrainOutcome, words = ""): DirectorDrain {
  return { host, outcome, words, remedy: "" };
}

/** What services have of a server, where it is in the table. */
export function serversOf(services: readonly ServiceStatus[], server: string): readonly ServerStatus[] {
  return services.flatMap(({ servers }) =>
    servers.filter(({ label, state }) => label === server && state === "present"),
  );
}

/** Open connections to a server, by director. */
export interface OpenConnections {
  readonly host: string;
  /** Null: the director does not answer. */
  readonly open: number | null;
}

/** @param isConnectionless of a service by its name: IPVS counts its flows as inactive until their timeout */
export function openConnections(
  hosts: readonly HostStatus[],
  server: string,
  isConnectionless: (service: string) => boolean,
): OpenConnections[] {
  return hosts.map(({ host, state, roles }) => {
    const director = roles.find(({ role }) => role === "lvs_dr");
    if (director === undefined) return { host, open: state === "not deployed" ? 0 : null };
    const counts = director.services.flatMap((service) =>
      serversOf([service], server).map(({ active, inactive }) =>
        isConnectionless(service.name) ? active + inactive : active,
      ),
    );
    return { host, open: counts.reduce((sum, count) => sum + count, 0) };
  });
}

/** Services of a director that would have no server, or less weight than their quorum, without these. */
export function lastOf(
  hosts: readonly HostStatus[],
  servers: readonly string[],
  quorumOf: (service: string) => number,
): string[] {
  const directors = hosts.flatMap(({ roles }) => roles.filter(({ role }) => role === "lvs_dr"));
  const lost = directors.flatMap(({ services }) =>
    services
      .filter((service) =>
        servers.some((server) => serversOf([service], server).some(({ weight }) => weight > 0)),
      )
      .filter(({ name, servers: all }) => {
        const others = all.filter(({ label, state }) => !servers.includes(label) && state === "present");
        return others.reduce((sum, { weight }) => sum + weight, 0) < quorumOf(name);
      })
      .map(({ name }) => name),
  );
  return [...new Set(lost)];
}

export interface Waiting {
  readonly server: string;
  readonly isConnectionless: (service: string) => boolean;
  /** Seconds. */
  readonly limit: number;
  /** Aborted: stop waiting. */
  readonly signal: AbortSignal;
  readonly onCount: (counts: readonly OpenConnections[], seconds: number) => void;
}

/** Seconds between two looks. */
const PAUSE = 1;

/** @returns what is open at the end: nothing, or what was open when the time was up or the signal came */
export async function waitUntilEmpty(
  remotes: readonly RemoteHost[],
  { server, isConnectionless, limit, signal, onCount }: Waiting,
): Promise<OpenConnections[]> {
  const begin = Date.now();
  for (;;) {
    const counts = openConnections(
      await clusterStatus(remotes, remotes.length, () => {}),
      server,
      isConnectionless,
    );
    const seconds = (Date.now() - begin) / 1000;
    onCount(counts, seconds);
    if (isEmpty(counts) || seconds >= limit || signal.aborted) return counts;
    await wait(Math.min(PAUSE, limit - seconds) * 1000, undefined, { signal }).catch(() => {});
  }
}

export function isEmpty(counts: readonly OpenConnections[]): boolean {
  return counts.every(({ open }) => open === 0);
}
