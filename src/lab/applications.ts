/** What the user runs on hosts of addresses that move: it answers clients, and tracks look at it. */

import type { Cluster, Host, Track } from "../topology/model.ts";
import type { LabApplication, LabPage, LabPort } from "./spec.ts";
import { refusedStatus, takenStatus } from "./statuses.ts";

/** Port of an address whose tracks have none. */
const usualPort = 80;

/** Where clients ask for an address. */
export function askedPort(tracks: readonly Track[]): number {
  return tracks.flatMap(({ port }) => port ?? [])[0] ?? usualPort;
}

/** Programs that answer clients, where they are among others. */
const webServers: readonly string[] = ["nginx", "haproxy"];

/**
 * One program has all ports: who listens where is not in the topology. With several names it is a web server, or else a
 * program that nothing looks for.
 *
 * @param taken ports that the host's real server has
 */
export function applicationsOf(cluster: Cluster, host: Host, taken: readonly LabPort[]): LabApplication[] {
  const own = cluster.floating.filter(({ members }) => members.some((member) => member.host === host.name));
  const isDirector = cluster.directors.hosts.includes(host.name);
  const tracks = [...own.flatMap(({ track }) => track), ...(isDirector ? cluster.directors.vrrp.track : [])];
  const asked = own.map(({ track }) => askedPort(track));
  const ports = portsOf(tracks, asked).filter(({ port }) => !taken.some((other) => isTcp(other, port)));
  const names = tracks.flatMap(({ type, name }) => (type === "process" && name !== null ? [name] : []));
  const main = names.find((name) => webServers.includes(name)) ?? onlyOne([...new Set(names)]);
  const others = [...new Set(names)].filter((name) => name !== main);
  return [
    ...(main === null && ports.length === 0 ? [] : [{ process: main, ports }]),
    ...others.map((process) => ({ process, ports: [] })),
  ];
}

function onlyOne(names: readonly string[]): string | null {
  return names.length === 1 ? (names[0] ?? null) : null;
}

function isTcp({ protocol, port }: LabPort, other: number): boolean {
  return protocol === "tcp" && port === other;
}

function portsOf(tracks: readonly Track[], asked: readonly number[]): LabPort[] {
  const numbers = new Set([...asked, ...tracks.flatMap(({ port }) => port ?? [])]);
  return [...numbers].map((port) => ({
    protocol: "tcp",
    port,
    asked: [],
    pages: tracks.filter((track) => track.type === "http" && track.port === port).map(pageOf),
  }));
}

function pageOf({ path, status }: Track): LabPage {
  return {
    path: path ?? "/",
    virtualHost: null,
    status: takenStatus(status),
    wrongStatus: refusedStatus(status),
    isFixed: false,
  };
}
