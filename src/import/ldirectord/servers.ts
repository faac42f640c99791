/** `real = …` and `fallback = …` -> servers. */

import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { Forwarding } from "../../topology/model.ts";
import { endpointOf } from "../ipvsadm/endpoint.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer } from "../observed.ts";
import { addressRange } from "../ranges.ts";
import type { Setting } from "./sections.ts";

const methods: Readonly<Record<string, Forwarding>> = { gate: "dr", masq: "nat", ipip: "tun" };

export interface Real {
  readonly server: ObservedServer;
  /** Of this server alone; null: those of the service. */
  readonly request: string | null;
  readonly receive: string | null;
}

/** `ADDRESS[->ADDRESS][:PORT] METHOD [WEIGHT] ["REQUEST", "RECEIVE"]`. */
export function realsOf(setting: Setting, notes: Notes): Real[] {
  const { value, place } = setting;
  const [, target = "", method = "", weight, request, receive] =
    /^(\S+)(?:\s+(\w+))?(?:\s+(\d+))?(?:\s+"([^"]*)"(?:\s*,\s*"([^"]*)")?)?\s*$/.exec(value) ?? [];
  const endpoints = targetsOf(target);
  if (endpoints === null) {
    notes.notUnderstood(
      place,
      say`unreadable server ${JSON.stringify(value.slice(0, 60))}`,
      inLanguage(inFigures),
      {
        lost: { servers: 1 },
      },
    );
    return [];
  }
  const forwarding = methodOf(method, setting, notes);
  const given = Number(weight ?? 1);
  if (given > 65535)
    notes.changed(place, say`a weight of ${weight} is not possible: 65535`, say`use weights up to 65535`, {
      effect: "traffic",
    });
  return endpoints.map(({ ip, port }) => ({
    server: { ...plain(setting), address: ip, port, forwarding, weight: Math.min(given, 65535) },
    request: request === undefined || request === "" ? null : request,
    receive: receive === undefined || receive === "" ? null : receive,
  }));
}

const inFigures = phrase`write a numeric address: 'real = 192.0.2.21:80 gate 1'`;

function plain({ place }: Setting): Omit<ObservedServer, "address" | "port" | "forwarding" | "weight"> {
  return { tunnel: null, upperThreshold: 0, lowerThreshold: 0, check: null, place };
}

/** ldirectord takes the method's absence for gate. */
function methodOf(word: string, { place, key }: Setting, notes: Notes): Forwarding {
  const known = methods[word];
  if (known === undefined && word !== "")
    notes.changed(
      place,
      say`unknown forwarding method ${JSON.stringify(word)} of ${key}: the placeholder is dr`,
      say`write gate, masq or ipip`,
      { effect: "traffic" },
    );
  return known ?? "dr";
}

/** A range of addresses has one port for all. */
function targetsOf(text: string): { readonly ip: string; readonly port: number | null }[] | null {
  const [first = "", last] = text.split("->");
  if (last === undefined) {
    const endpoint = endpointOf(first);
    return endpoint === null ? null : [endpoint];
  }
  const from = endpointOf(first);
  const to = endpointOf(last);
  if (from === null || to === null || from.port !== null) return null;
  const addresses = addressRange(`${from.ip}-${to.ip}`);
  return addresses?.map((ip) => ({ ip, port: to.port })) ?? null;
}

/** `ADDRESS[:PORT] [METHOD]`. */
export function fallbackOf(setting: Setting | null, notes: Notes): Omit<ObservedServer, "check"> | null {
  if (setting === null) return null;
  const [target = "", method = ""] = setting.value.split(/\s+/);
  const endpoint = endpointOf(target);
  if (endpoint === null) {
    notes.notUnderstood(
      setting.place,
      say`unreadable fallback server ${JSON.stringify(target)}`,
      say`write a numeric address`,
    );
    return null;
  }
  const { check: _check, ...rest } = plain(setting);
  return {
    ...rest,
    address: endpoint.ip,
    port: endpoint.port,
    forwarding: methodOf(method, setting, notes),
    weight: 1,
  };
}
