/** The checks of a service's servers -> the one that a topology has for all of them. */

import { say } from "../../languages/say.ts";
import { usesPlaceholder } from "../../plan/check-command.ts";
import type { HealthCheck } from "../../topology/input.generated.ts";
import { parsePortRange } from "../../topology/port-range.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer } from "../observed.ts";
import type { Placed } from "./marks.ts";

/** The first check of a server; null where there is none and nothing needs one. */
export function checkOf(placed: Placed, pointer: string, notes: Notes): HealthCheck | null {
  const { service } = placed;
  const checked = service.servers.find(({ check }) => check !== null);
  if (checked === undefined && service.sorryServer === null) return null;
  if (checked === undefined)
    notes.placeholder(
      service.place,
      pointer,
      say`no health check, and the sorry server would never answer: a tcp check is the placeholder`,
      say`choose a check`,
    );
  else tellOthers(checked, placed, pointer, notes);
  return withPort(checked?.check ?? { type: "tcp" }, checked, placed, pointer, notes);
}

function tellOthers(checked: ObservedServer, placed: Placed, pointer: string, notes: Notes): void {
  const about = { pointer, effect: "traffic" } as const;
  const first = questionOf(checked, placed);
  for (const server of placed.service.servers) {
    const { check, address, place } = server;
    if (check === null) {
      notes.changed(
        place,
        say`${address} has no check; in the topology it gets the ${checked.check?.type} check of ${checked.address}`,
        say`make sure that it answers that check, or write two services`,
        about,
      );
      continue;
    }
    const own = questionOf(server, placed);
    const differing = [...new Set([...first.keys(), ...own.keys()])].filter(
      (key) => first.get(key) !== own.get(key),
    );
    if (differing.length > 0)
      notes.changed(
        place,
        say`${address} has another check than ${checked.address}, whose check all get: ${differing.map((key) => `${key} ${own.get(key) ?? say`(none)`}`).join(", ")}`,
        say`choose a check for all servers, or write two services`,
        about,
      );
  }
}

/** What a check asks, and how: setting by setting. Its own port is each server's business. */
function questionOf(server: ObservedServer, placed: Placed): Map<string, string> {
  const { port, ...rest } = server.check ?? { type: "tcp" };
  const asked = { ...rest, ...(port === ownPort(server, placed) ? {} : { port }) };
  return new Map(
    Object.entries(asked).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

/** keepalived asks a server on its own port, which IPVS may ignore. */
function withPort(
  check: HealthCheck,
  checked: ObservedServer | undefined,
  placed: Placed,
  pointer: string,
  notes: Notes,
): HealthCheck {
  const asksPort =
    check.type !== "ping" && (check.type !== "script" || usesPlaceholder(check.arguments ?? [], "port"));
  if (check.port !== undefined || !asksPort) return check;
  const { servers } = placed.service;
  const asked = servers.map((server) => ownPort(server, placed));
  if (servers.every((server, at) => asked[at] !== null && asked[at] === impliedPort(server, placed)))
    return check;
  const port = ownPort(checked ?? (servers[0] as ObservedServer), placed);
  if (port === null) return { ...check, port: likelyPort(check, placed, pointer, notes) };
  for (const [at, { address, place }] of servers.entries())
    if (asked[at] !== port)
      notes.changed(
        place,
        asked[at] === null
          ? say`${address} is checked on no port; in the topology all servers are on ${port}`
          : say`${address} is checked on its port ${asked[at]}; in the topology all servers are on ${port}`,
        say`choose a port that all have, or write two services`,
        { pointer, effect: "traffic" },
      );
  return { ...check, port };
}

function ownPort({ port }: ObservedServer, placed: Placed): number | null {
  return port || placed.port || null;
}

/** The port that a topology's check has without one. */
function impliedPort({ port, forwarding }: ObservedServer, placed: Placed): number | null {
  const isPersistentMark = placed.port === null && placed.service.persistence !== null;
  return (forwarding === "nat" && !isPersistentMark && port) || placed.port || null;
}

const usualPorts: Partial<Record<HealthCheck["type"], number>> = { smtp: 25, dns: 53 };

function likelyPort(
  { type }: HealthCheck,
  { service, ports }: Placed,
  pointer: string,
  notes: Notes,
): number {
  const [firstPort = 80] = ports;
  const port = usualPorts[type] ?? parsePortRange(firstPort)?.first ?? 80;
  notes.placeholder(
    service.place,
    pointer,
    say`unknown port of the check, as neither the service nor its servers have one: ${port} is the placeholder`,
    say`set healthCheck.port`,
  );
  return port;
}
