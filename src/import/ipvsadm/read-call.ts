/** One call of ipvsadm -> what it changes, or why it cannot be read. The table is not touched. */

import { inLanguage, phrase, say } from "../../languages/say.ts";
import { familyOf } from "../../topology/addresses.ts";
import type { Directors, Topology } from "../../topology/input.generated.ts";
import type { Family, Forwarding, Protocol } from "../../topology/model.ts";
import type { Lost } from "../notes.ts";
import type { ObservedServer, ObservedService, Selector } from "../observed.ts";
import type { Place, Word } from "../place.ts";
import { type Call, type Command, parseCall } from "./arguments.ts";
import { endpointOf } from "./endpoint.ts";
import { type Options, type Remark, serverValues, serviceValues, sync, timeouts } from "./values.ts";

export type Change =
  | { readonly kind: "service"; readonly service: Omit<ObservedService, "servers">; readonly edits: boolean }
  | {
      readonly kind: "server";
      readonly selector: Selector;
      readonly server: ObservedServer;
      readonly hasThresholds: boolean;
      /** -e: it is there already. */
      readonly edits: boolean;
    }
  | { readonly kind: "no-service"; readonly selector: Selector }
  | {
      readonly kind: "no-server";
      readonly selector: Selector;
      readonly address: string;
      readonly port: number | null;
    }
  | { readonly kind: "timeouts"; readonly timeouts: NonNullable<Topology["timeouts"]> }
  | {
      readonly kind: "sync";
      readonly sync: NonNullable<Directors["connectionSync"]>;
      readonly id: number | null;
    }
  | { readonly kind: "clear" }
  | { readonly kind: "none" };

export interface Problem {
  readonly kind: "problem";
  readonly place: Place;
  readonly message: string;
  readonly hint: string;
  readonly lost: Partial<Lost>;
}

export interface ReadCall {
  readonly change: Change | Problem;
  /** What is changed or left out of it. */
  readonly remarks: readonly Remark[];
}

const inFigures = phrase`import the output of 'ipvsadm -Sn', which has numeric addresses and ports`;

/** @param words of one call, without the program's name */
export function readCall(words: readonly Word[], place: Place): ReadCall {
  const remarks: Remark[] = [];
  const call = parseCall(words);
  if ("word" in call)
    return {
      remarks,
      change: problem(call.word.place, call.message, say`correct the line, or add it by hand`, lostOf(words)),
    };
  return { remarks, change: readers[call.command](call, place, remarks) };
}

/** What a call would add, by its words: for calls that cannot be read. */
export function lostOf(words: readonly Word[]): Partial<Lost> {
  const first = words.find(({ text }) => /^[-\u2010-\u2015\u2212]/.test(text))?.text ?? "";
  // Typographic dashes for hyphens are what makes some calls unreadable.
  const option = first.replaceAll(/[\u2010-\u2015\u2212]/g, "-");
  if (/^(-A|-{1,2}add-service)/.test(option)) return { services: 1 };
  return /^(-a|-{1,2}add-server)/.test(option) ? { servers: 1 } : {};
}

function problem(place: Place, message: string, hint: string, lost: Partial<Lost> = {}): Problem {
  return { kind: "problem", place, message, hint, lost };
}

type Reader = (call: Call, place: Place, remarks: Remark[]) => Change | Problem;

const readers: Readonly<Record<Command, Reader>> = {
  "add-service": ({ options, edits }, place, remarks) => {
    const selector = selectorOf(options, place, { services: 1 });
    if (selector.kind === "problem") return selector;
    const values = serviceValues(options, selector, place, remarks);
    if (selector.kind === "port" && selector.port === 0 && values.persistence === null)
      return problem(
        place,
        say`port 0 is all ports, which needs persistence: the kernel refuses it`,
        say`add -p`,
        {
          services: 1,
        },
      );
    return {
      kind: "service",
      edits,
      service: { selector, ...values, name: null, quorum: null, sorryServer: null, place },
    };
  },
  "add-server": ({ options, edits }, place, remarks) => {
    const selector = selectorOf(options, place, { servers: 1 });
    if (selector.kind === "problem") return selector;
    const text = options.get("server") ?? "";
    const endpoint = endpointOf(text);
    if (endpoint === null) return notAnEndpoint(text, place, { servers: 1 });
    const values = serverValues(options, place, remarks);
    if (typeof values === "string")
      return problem(place, values, say`correct the line, or add the server by hand`, { servers: 1 });
    const forwarding: Forwarding = options.has("nat") ? "nat" : options.has("tun") ? "tun" : "dr";
    if (forwarding !== "tun" && familyOf(endpoint.ip) !== selectorFamily(selector))
      return problem(
        place,
        say`IPv4 and IPv6 together need tunnels (-i): the kernel refuses it`,
        say`use -i`,
        {
          servers: 1,
        },
      );
    return {
      kind: "server",
      selector,
      server: { address: endpoint.ip, port: endpoint.port, forwarding, ...values, check: null, place },
      hasThresholds: options.has("upper") || options.has("lower"),
      edits,
    };
  },
  "delete-service": ({ options }, place) => {
    const selector = selectorOf(options, place, {});
    return selector.kind === "problem" ? selector : { kind: "no-service", selector };
  },
  "delete-server": ({ options }, place) => {
    const selector = selectorOf(options, place, {});
    if (selector.kind === "problem") return selector;
    const text = options.get("server") ?? "";
    const endpoint = endpointOf(text);
    if (endpoint === null) return notAnEndpoint(text, place, {});
    return { kind: "no-server", selector, address: endpoint.ip, port: endpoint.port };
  },
  "set-timeouts": ({ rest }, place) => {
    const values = timeouts(rest);
    return typeof values === "string"
      ? problem(place, values, say`correct the line`)
      : { kind: "timeouts", timeouts: values };
  },
  "start-daemon": ({ options }, place, remarks) => {
    const values = sync(options, place, remarks);
    return typeof values === "string"
      ? problem(place, values, say`correct the line, or set directors.connectionSync by hand`)
      : { kind: "sync", ...values };
  },
  clear: () => ({ kind: "clear" }),
  // Listing and saving change nothing.
  other: () => ({ kind: "none" }),
};

const protocols: readonly Protocol[] = ["tcp", "udp", "sctp"];

function selectorOf(options: Options, place: Place, lost: Partial<Lost>): Selector | Problem {
  const mark = options.get("fwmark");
  if (mark !== undefined) {
    const value = /^(\d+|0x[0-9a-f]+)$/i.test(mark) ? Number(mark) : 0;
    if (value > 0 && value <= 4294967295)
      return { kind: "mark", value, family: options.has("ipv6") ? 6 : 4, protocol: "tcp" };
    const message = say`${JSON.stringify(mark)} is not a firewall mark`;
    return problem(place, message, say`use a number from 1 to 4294967295`, lost);
  }
  const protocol = protocols.find((name) => options.has(name));
  const text = protocol === undefined ? "" : (options.get(protocol) ?? "");
  const endpoint = endpointOf(text);
  if (protocol === undefined || endpoint === null) return notAnEndpoint(text, place, lost);
  return { kind: "port", vip: endpoint.ip, port: endpoint.port ?? 0, protocol };
}

function selectorFamily(selector: Selector): Family {
  return selector.kind === "mark" ? selector.family : familyOf(selector.vip);
}

function notAnEndpoint(text: string, place: Place, lost: Partial<Lost>): Problem {
  return problem(
    place,
    say`${JSON.stringify(text)} is not an address with a port`,
    inLanguage(inFigures),
    lost,
  );
}
