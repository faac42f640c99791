/**
 * What the schema knows and lvsgen does not do yet: refused, never ignored. A row goes when its behaviour comes.
 */

import { familyOf } from "../addresses.ts";
import type { Problem } from "../diagnostics.ts";
import { pointerOf } from "../json-pointer.ts";
import type { Rule } from "./rule.ts";

export interface UnsupportedField {
  /** Keys from the top; `*` is every entry of an object or list. */
  readonly path: readonly string[];
  /** Values whose behaviour is there. */
  readonly supported: readonly unknown[];
  readonly what: string;
}

/** Settings that stand with a host or with the defaults of all hosts. */
const hostFields: readonly (Omit<UnsupportedField, "path"> & { readonly key: string })[] = [
  { key: "routes", supported: [], what: "routes of hosts" },
  { key: "firewall", supported: [], what: "firewall handling" },
  { key: "gateway", supported: [], what: "a host's default gateway" },
  { key: "webServer", supported: [], what: "provisioning a web server" },
  { key: "packages", supported: [], what: "package sources" },
  { key: "sysctls", supported: [], what: "IPVS sysctls" },
];

export const unsupportedFields: readonly UnsupportedField[] = [
  ...hostFields.flatMap(({ key, ...rest }) => [
    { path: ["defaults", key], ...rest },
    { path: ["hosts", "*", key], ...rest },
  ]),
  { path: ["defaults", "versions", "keepalived"], supported: [], what: "keepalived" },
  { path: ["hosts", "*", "versions", "keepalived"], supported: [], what: "keepalived" },
  { path: ["directors", "engine"], supported: ["ipvsadm"], what: "the engine keepalived" },
  { path: ["directors", "vrrp"], supported: [], what: "VRRP" },
  { path: ["directors", "asRealServer"], supported: ["refuse"], what: "a director that is a real server" },
  { path: ["directors", "notification"], supported: [], what: "notification" },
  { path: ["directors", "connectionSync"], supported: [], what: "connection sync" },
  { path: ["sysctls"], supported: [], what: "IPVS sysctls" },
  ...(
    [
      ["protocol", ["tcp", "udp"], "the protocol sctp"],
      ["fwmark", [], "firewall marks"],
      ["ports", [], "firewall marks"],
      ["schedulerFlags", [], "scheduler flags"],
      ["forwarding", ["dr"], "forwarding other than dr"],
      ["persistence", [], "persistence"],
      ["onePacket", [false], "one-packet scheduling"],
      ["healthCheck", [], "health checks"],
      ["nat", [], "NAT"],
      ["sorryServer", [], "sorry servers"],
      ["quorum", [], "quorum"],
    ] as const
  ).map(([key, supported, what]) => ({ path: ["virtualServices", "*", key], supported, what })),
  {
    path: ["virtualServices", "*", "realServers", "*", "forwarding"],
    supported: ["dr"],
    what: "forwarding other than dr",
  },
  { path: ["virtualServices", "*", "realServers", "*", "tunnel"], supported: [], what: "tunnels" },
];

export const notSupportedRules: readonly Rule[] = [
  {
    code: "LVS900",
    name: "every setting is one that this version of lvsgen acts on",
    severity: "error",
    explain: {
      what: `
        The topology has a setting that the schema knows and this version of lvsgen does not act on.`,
      why: `
        Left alone, the setting would be ignored: a cluster would be rendered that looks like the topology and lacks,
        say, the persistence that the shop's sessions depend on. lvsgen refuses what it would otherwise ignore.`,
      fix: `
        Take the setting out, or do without until a newer version has it. The message names what is missing.`,
      wrong: `
        directors: { hosts: [pi1], engine: keepalived }`,
      right: `
        directors: { hosts: [pi1], engine: ipvsadm }`,
    },
    check: ({ topology }) =>
      unsupportedFields.flatMap(({ path, supported, what }) =>
        matches(topology, path)
          .filter(({ value }) => !supported.includes(value))
          .map(({ pointer }) => notYet(pointer, what)),
      ),
  },
  {
    code: "LVS901",
    name: "a VIP is IPv4, as this version of lvsgen has no IPv6 services",
    severity: "error",
    explain: {
      what: `
        A virtual service has an IPv6 VIP.`,
      why: `
        IPv6 needs its own care on every host: a VIP with a preferred lifetime of 0, so that the host does not speak
        from it, neighbour discovery in place of ARP, rules of its own. This version of lvsgen has none of that yet,
        and refuses rather than render half of it.`,
      fix: `
        Use an IPv4 VIP until a newer version has it. Hosts may have IPv6 addresses besides.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: [192.168.1.114/24, "fd00::114/64"] } }
          pi2: { interfaces: { eth0: [192.168.1.107/24, "fd00::107/64"] } }
        virtualServices:
          - name: web
            vip: "fd00::200"
            realServers: [{ host: pi2 }]`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: [192.168.1.114/24, "fd00::114/64"] } }
          pi2: { interfaces: { eth0: [192.168.1.107/24, "fd00::107/64"] } }
        virtualServices:
          - name: web
            vip: 192.168.1.200
            realServers: [{ host: pi2 }]`,
    },
    check: ({ services }) =>
      services
        .filter(({ value }) => familyOf(value.vip) === 6)
        .map(({ pointer }) => notYet(`${pointer}/vip`, "IPv6 VIPs")),
  },
  {
    code: "LVS902",
    name: "a director is no real server, as this version of lvsgen does not do both on one host",
    severity: "error",
    explain: {
      what: `
        The one director is a real server of a service too, by its name or by one of its addresses.`,
      why: `
        The kernel can do it: a real server that is the director itself gets its share locally. But the two scripts
        would then keep one VIP in two places of one host, with the ARP sysctls of a real server silencing the
        director's own answers. This version of lvsgen does not settle that yet, and refuses rather than render
        scripts that undo each other.`,
      fix: `
        Take the director out of realServers.`,
      wrong: `
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }, { host: pi1 }]`,
      right: `
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }, { host: pi3 }]`,
    },
    check: ({ cluster }) => {
      const [name, ...others] = cluster.directors.hosts;
      const director = name === undefined ? undefined : cluster.hosts.get(name);
      if (director === undefined || others.length > 0) return [];
      // Under its own name, or as an address of its own.
      const own = new Set(director.addresses.map(({ ip }) => ip));
      return cluster.services.flatMap(({ realServers }) =>
        realServers
          .filter(({ address }) => own.has(address))
          .map(({ pointer, host }) =>
            notYet(`${pointer}/${host === null ? "address" : "host"}`, "a director that is a real server"),
          ),
      );
    },
  },
];

function notYet(pointer: string, what: string): Problem {
  return {
    pointer,
    message: `not supported yet: ${what}`,
    hint: "take it out; lvsgen refuses what it would otherwise ignore",
  };
}

interface Match {
  readonly pointer: string;
  readonly value: unknown;
}

/** Every value at a path; most rows have none, and so no pointer is made on the way. */
function matches(value: unknown, path: readonly string[], keys: readonly string[] = []): Match[] {
  const [key, ...rest] = path;
  if (key === undefined) return [{ pointer: pointerOf(...keys), value }];
  if (typeof value !== "object" || value === null) return [];
  if (key !== "*") {
    return Object.hasOwn(value, key) ? matches((value as Json)[key], rest, [...keys, key]) : [];
  }
  const [next = "*"] = rest;
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) =>
    next === "*" || mayHave(child, next) ? matches(child, rest, [...keys, name]) : [],
  );
}

type Json = Readonly<Record<string, unknown>>;

function mayHave(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
