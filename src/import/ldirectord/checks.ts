/** checktype, service, request and the timeouts -> a check, as near as keepalived has one. */

import { say } from "../../languages/say.ts";
import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import { numberIn, type Setting, valueIn } from "./sections.ts";

/** ldirectord's own. */
const defaults = { interval: 10, connect: 5, negotiate: 30 } as const;

const servicesByPort: Readonly<Record<number, string>> = {
  21: "ftp",
  25: "smtp",
  53: "dns",
  80: "http",
  110: "pop",
  119: "nntp",
  143: "imap",
  389: "ldap",
  443: "https",
  587: "submission",
  993: "imaps",
  995: "pops",
  1521: "oracle",
  1812: "radius",
  3128: "http_proxy",
  3306: "mysql",
  5060: "sip",
  5432: "pgsql",
};

export interface CheckScope {
  readonly settings: readonly Setting[];
  readonly globals: readonly Setting[];
  readonly port: number | null;
  readonly protocol: "tcp" | "udp" | "sctp";
  readonly place: Place;
}

/** @param request of one server; null: that of the service */
export function checkOf(scope: CheckScope, request: string | null, notes: Notes): HealthCheck | null {
  const { settings, place } = scope;
  const type = valueIn("checktype", settings);
  const name = type?.value ?? "negotiate";
  const at = type?.place ?? place;
  if (/^\d+$/.test(name)) {
    notes.changed(
      at,
      say`checktype = ${name}: ldirectord negotiates at every ${name}th check and connects at the others; lvsgen negotiates always`,
      say`check healthCheck`,
    );
    return negotiated(scope, request, notes);
  }
  const make = makers[name];
  if (make !== undefined) return make(scope, request, notes, at);
  notes.notUnderstood(
    at,
    say`unknown checktype ${JSON.stringify(name)}: no check`,
    say`set healthCheck by hand`,
  );
  return null;
}

type Make = (scope: CheckScope, request: string | null, notes: Notes, place: Place) => HealthCheck | null;

const scripted: Make = (_scope, _request, notes, place) => {
  notes.leftOut(
    place,
    say`the check of a program of its own, which gets the addresses and ports as arguments: no check`,
    say`set a healthCheck of type script with a program that knows whom to check`,
    { effect: "traffic" },
  );
  return null;
};

const makers: Readonly<Record<string, Make>> = {
  connect: (scope) => connected(scope),
  negotiate: (scope, request, notes) => negotiated(scope, request, notes),
  ping: (scope) => ({ type: "ping", ...times(scope, "connect") }),
  on: () => null,
  off: (_scope, _request, notes, place) => {
    notes.changed(
      place,
      say`checktype = off: ldirectord gives traffic to no server; they are imported without a check`,
      say`set weight 0 to keep traffic away`,
      { effect: "traffic" },
    );
    return null;
  },
  external: scripted,
  "external-perl": scripted,
};

/** For UDP ldirectord's connect check is a ping. */
function connected(scope: CheckScope): HealthCheck {
  if (scope.protocol === "udp") return { type: "ping", ...times(scope, "connect") };
  return { type: "tcp", ...portOf(scope), ...times(scope, "connect") };
}

function negotiated(scope: CheckScope, request: string | null, notes: Notes): HealthCheck | null {
  const { settings, port, protocol } = scope;
  const service = valueIn("service", settings)?.value ?? servicesByPort[port ?? 0] ?? "none";
  if (service === "none") return null;
  const common = { ...portOf(scope, service), ...times(scope, "negotiate") };
  if (service === "http" || service === "https") return pageCheck(service, scope, request, notes, common);
  if (service === "smtp" || service === "submission") return { type: "smtp", ...common };
  if (service === "dns") return nameCheck(scope, request, notes, common);
  const type = protocol === "udp" ? "udp" : "tcp";
  notes.changed(
    placeOf("service", scope),
    say`ldirectord speaks ${service.replaceAll(/[^\w-]/g, "").slice(0, 20)} with the servers; lvsgen's check is ${type}`,
    say`check healthCheck`,
  );
  return { type, ...common };
}

function placeOf(key: string, { settings, place }: CheckScope): Place {
  return valueIn(key, settings)?.place ?? place;
}

/** The service's request is / where none is set. */
function pageCheck(
  type: "http" | "https",
  scope: CheckScope,
  own: string | null,
  notes: Notes,
  common: Partial<HealthCheck>,
): HealthCheck {
  const { settings } = scope;
  const request = own ?? valueIn("request", settings)?.value ?? "/";
  const path = pathOf(request);
  if (path === null)
    notes.changed(
      placeOf("request", scope),
      say`a topology's check cannot ask for this request: it asks for /`,
      say`set healthCheck.path`,
    );
  tellPage(scope, notes);
  const host = valueIn("virtualhost", settings)?.value ?? "";
  const isName = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(host);
  if (host !== "" && !isName)
    notes.leftOut(
      placeOf("virtualhost", scope),
      say`virtualhost is not a name`,
      say`set healthCheck.virtualHost`,
    );
  return { type, path: path ?? "/", ...(isName ? { virtualHost: host } : {}), ...common };
}

function pathOf(request: string): string | null {
  const path = request.replace(/^https?:\/\/[^/]+/, "").replace(/^(?!\/)/, "/");
  return /^\/[A-Za-z0-9._~/%&=+,:@?-]{0,1000}$/.test(path) ? path : null;
}

function tellPage(scope: CheckScope, notes: Notes): void {
  const receive = valueIn("receive", scope.settings);
  if (receive !== null)
    notes.changed(
      receive.place,
      say`the page's text is not compared with receive: lvsgen's check asks for the status 200`,
      say`set healthCheck.digest (genhash), or status`,
    );
  const method = valueIn("httpmethod", scope.settings);
  if (method !== null && method.value.toUpperCase() !== "GET")
    notes.changed(method.place, say`${method.value}: lvsgen's check uses GET`, say`no change is needed`);
}

function nameCheck(
  scope: CheckScope,
  own: string | null,
  notes: Notes,
  common: Partial<HealthCheck>,
): HealthCheck {
  const name = (own ?? valueIn("request", scope.settings)?.value ?? "").replace(/^\//, "");
  const receive = valueIn("receive", scope.settings);
  if (receive !== null)
    notes.changed(
      receive.place,
      say`the answer is not compared with receive: lvsgen's check asks for an A record`,
      say`check healthCheck`,
    );
  const isName =
    /^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,250}[A-Za-z0-9])?$/.test(name) && !/\.\.|^[\d.]+$/.test(name);
  if (name !== "" && !isName)
    notes.leftOut(
      placeOf("request", scope),
      say`the request is not a name to ask for`,
      say`set healthCheck.name`,
    );
  return { type: "dns", ...(isName ? { name, recordType: "A" } : {}), ...common };
}

/** checkport, and for servers without a port that of the protocol. */
function portOf({ settings, port }: CheckScope, service = ""): { port?: number } {
  const set = numberIn("checkport", settings);
  if (set !== null && set <= 65535) return { port: set };
  const [usual] = Object.entries(servicesByPort).find(([, name]) => name === service) ?? [];
  return (port ?? 0) > 0 || usual === undefined ? {} : { port: Number(usual) };
}

/** failurecount counts all failures, retries those beside the first; checkcount is of pings alone. */
function times(
  { settings, globals }: CheckScope,
  kind: "connect" | "negotiate",
): Pick<HealthCheck, "interval" | "timeout" | "retries"> {
  const connect = numberIn("checktimeout", settings, globals);
  const negotiate = numberIn("negotiatetimeout", settings, globals);
  const timeout =
    kind === "connect"
      ? (connect ?? negotiate ?? defaults.connect)
      : (negotiate ?? connect ?? defaults.negotiate);
  const failures = numberIn("failurecount", settings, globals) ?? 1;
  return {
    interval: Math.min(numberIn("checkinterval", globals) ?? defaults.interval, 86400),
    timeout: Math.min(timeout, 3600),
    retries: Math.min(failures - 1, 1000),
  };
}
