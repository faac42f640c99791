/** What the form can do to a topology: one row each, as steps that leave everything else as it is. */

import { defaultScheduler, type FormModel, type FormServer, isWrittenPlain, namesOf } from "./form-model.ts";
import { references, renamed } from "./references.ts";
import { type SettingEdit, settingRows } from "./setting-edits.ts";
import { freeName, isAddress, keysAt, listAt, type Path, type Plain, type Step, valueAt } from "./steps.ts";

export type FormEdit =
  | SettingEdit
  | {
      readonly kind: "set";
      readonly path: Path;
      readonly value: string | number | readonly string[] | undefined;
    }
  | { readonly kind: "set-port"; readonly service: number; readonly value: string }
  | { readonly kind: "rename-host"; readonly from: string; readonly to: string }
  | { readonly kind: "rename-interface"; readonly host: string; readonly from: string; readonly to: string }
  | {
      readonly kind: "set-address";
      readonly host: string;
      readonly interface: string;
      readonly value: string;
    }
  | { readonly kind: "set-director"; readonly host: string; readonly isDirector: boolean }
  | { readonly kind: "add-host" }
  | { readonly kind: "remove-host"; readonly host: string }
  | { readonly kind: "add-service" }
  | { readonly kind: "remove-service"; readonly at: number }
  | { readonly kind: "set-server"; readonly service: number; readonly at: number; readonly target: string }
  | { readonly kind: "add-server"; readonly service: number }
  | { readonly kind: "remove-server"; readonly service: number; readonly at: number };

type Rows = {
  readonly [K in FormEdit["kind"]]: (
    edit: Extract<FormEdit, { kind: K }>,
    model: FormModel,
    value: Plain,
  ) => readonly Step[];
};

const rows: Rows = {
  ...settingRows,

  set: ({ path, value }, _model, topology) => {
    const plain = valueAt(topology, path.slice(0, -1));
    if (isServer(path.slice(0, -1)) && typeof plain === "string") return detailed(path, plain, value);
    return value === undefined ? removal(path, topology) : [{ kind: "set", path, value }];
  },

  "set-port": ({ service, value }, { services }) => {
    const before = services[service]?.portKey ?? "port";
    const ports = portsOf(value);
    const now = ports.length > 1 ? "ports" : "port";
    const path = ["virtualServices", service];
    if (value.trim() === "") return [{ kind: "remove", path: [...path, before] }];
    const steps: Step[] = before === now ? [] : [{ kind: "rename", path: [...path, before], to: now }];
    return [
      ...steps,
      { kind: "set", path: [...path, now], value: now === "ports" ? ports : (ports[0] ?? value) },
    ];
  },

  "rename-host": ({ from, to }, model, topology) => {
    if (to === from || to === "" || model.hosts.some(({ name }) => name === to)) return [];
    return [
      ...references(topology, from).flatMap((path): Step[] => {
        const value = renamed(String(valueAt(topology, path)), from, to);
        return value === null ? [] : [{ kind: "set", path, value }];
      }),
      { kind: "rename", path: ["hosts", from], to },
    ];
  },

  "rename-interface": ({ host, from, to }) => {
    if (to === from || to === "") return [];
    const path = ["hosts", host, "interfaces"];
    // A host without interfaces gets its first one, whose address is typed next.
    if (from === "") return [{ kind: "set", path: [...path, to], value: "" }];
    return [{ kind: "rename", path: [...path, from], to }];
  },

  "set-address": ({ host, interface: name, value }, _model, topology) => {
    const path = ["hosts", host, "interfaces", name || "eth0"];
    return [{ kind: "set", path: Array.isArray(valueAt(topology, path)) ? [...path, 0] : path, value }];
  },

  "set-director": ({ host, isDirector }, { hosts }, topology) => {
    const path = ["directors", "hosts"];
    const names = listAt(topology, path);
    const hosted = new Set(namesOf(host));
    const own = names.flatMap((name, at) =>
      namesOf(String(name)).some((each) => hosted.has(each)) ? [at] : [],
    );
    if (isDirector === own.length > 0 || !hosts.some(({ name }) => name === host)) return [];
    if (isDirector && names.length === 0)
      return [{ kind: "set", path: ["directors"], value: { hosts: [host] } }];
    if (isDirector) return [{ kind: "set", path: [...path, names.length], value: host }];
    const drained = listAt(topology, ["directors", "drained"]).flatMap((name, at) =>
      namesOf(String(name)).some((each) => hosted.has(each)) ? [["directors", "drained", at]] : [],
    );
    // From the end, so that earlier indices stay valid.
    return [...own.map((at) => [...path, at]), ...drained]
      .toReversed()
      .map((each): Step => ({ kind: "remove", path: each }));
  },

  "add-host": (_edit, { hosts }) => {
    const last = hosts.at(-1);
    const name = freeName(
      namesOf(last?.name ?? "host0").at(-1) ?? "",
      hosts.flatMap((host) => namesOf(host.name)),
    );
    const address = freeAddress(
      namesOf(last?.address ?? "").at(-1) ?? "",
      hosts.flatMap((host) => namesOf(host.address)),
    );
    return [
      { kind: "set", path: ["hosts", name], value: { interfaces: { [last?.interface || "eth0"]: address } } },
    ];
  },

  "remove-host": ({ host }, _model, topology) => [
    // From the end, so that earlier indices stay valid.
    ...references(topology, host)
      .toReversed()
      .map((path): Step => ({ kind: "remove", path: itemOf(path) })),
    { kind: "remove", path: ["hosts", host] },
  ],

  "add-service": (_edit, { services, hosts, isAnnounced }) => {
    const last = services.at(-1);
    const servers = hosts.filter(({ isDirector }) => !isDirector);
    const value = {
      name:
        last === undefined
          ? "web"
          : freeName(
              last.name,
              services.map(({ name }) => name),
            ),
      vip: last?.vip ?? "",
      port: last === undefined ? 80 : 443,
      protocol: "tcp",
      scheduler: last?.scheduler ?? defaultScheduler(isAnnounced),
      forwarding: last?.forwarding ?? "dr",
      realServers: (
        last?.servers ?? servers.map(({ name }) => ({ key: "host", target: name, isPlain: true }))
      ).map(({ key, target, isPlain }) => (isPlain ? target : { [key]: target })),
    };
    if (services.length === 0) return [{ kind: "set", path: ["virtualServices"], value: [value] }];
    return [{ kind: "set", path: ["virtualServices", services.length], value }];
  },

  "remove-service": ({ at }) => [{ kind: "remove", path: ["virtualServices", at] }],

  "set-server": ({ service, at, target }, model) => {
    const path = ["virtualServices", service, "realServers", at];
    const known = model.services[service]?.servers[at];
    const key = model.hosts.some(({ name }) => name === target) || !isAddress(target) ? "host" : "address";
    if (known?.isPlain) return [{ kind: "set", path, value: target }];
    if (known === undefined || known.key === key)
      return [{ kind: "set", path: [...path, key], value: target }];
    return [
      { kind: "rename", path: [...path, known.key], to: key },
      { kind: "set", path: [...path, key], value: target },
    ];
  },

  "add-server": ({ service }, model) => {
    const own = model.services[service]?.servers ?? [];
    const name = freeServer(model, own);
    const value = isWrittenPlain(model, own) ? name : { host: name, weight: 1 };
    return [{ kind: "set", path: ["virtualServices", service, "realServers", own.length], value }];
  },

  "remove-server": ({ service, at }) => [
    { kind: "remove", path: ["virtualServices", service, "realServers", at] },
  ],
};

/** No steps if the edited object is gone: the form may be older than the text. */
export function stepsOf(edit: FormEdit, model: FormModel, value: unknown): readonly Step[] {
  const topology = value as Plain;
  if (!hasSubject(edit, topology)) return [];
  const row = rows[edit.kind] as (edit: FormEdit, model: FormModel, value: Plain) => readonly Step[];
  return row(edit, model, topology);
}

/** Whether the edited object exists. */
export function hasSubject(edit: FormEdit, topology: unknown): boolean {
  return isThere(topology, subjectOf(edit));
}

/** The host, service or server that an edit changes, or the value that it sets there. */
function subjectOf(edit: FormEdit): Path {
  if (edit.kind === "set" || edit.kind === "correct") return edit.path;
  if (edit.kind === "rename-host") return ["hosts", edit.from];
  if (edit.kind === "remove-service") return ["virtualServices", edit.at];
  if ("host" in edit) return ["hosts", edit.host];
  if (!("service" in edit)) return [];
  const service = ["virtualServices", edit.service];
  return "at" in edit ? [...service, "realServers", edit.at] : service;
}

/** A host, or a whole range of them, that is no server yet; of a range with some servers the first other one. */
function freeServer({ hosts }: FormModel, servers: readonly FormServer[]): string {
  const taken = new Set(servers.flatMap(({ target }) => namesOf(target)));
  for (const { name, isDirector } of hosts) {
    const names = isDirector ? [] : namesOf(name);
    const free = names.filter((each) => !taken.has(each));
    if (free.length > 0) return free.length === names.length ? name : (free[0] ?? "");
  }
  return "";
}

/** The object with the reference (a real server or sorry server), or the name alone. */
function itemOf(path: Path): Path {
  return path.at(-1) === "host" ? path.slice(0, -1) : path;
}

/** Objects that the form creates for a setting, and removes with the last one. */
const holders: readonly unknown[] = ["ssh", "vrrp"];

function removal(path: Path, topology: Plain): Step[] {
  const holder = path.slice(0, -1);
  const isLast = holders.includes(holder.at(-1)) && keysAt(topology, holder).length < 2;
  return [{ kind: "remove", path: isLast ? holder : path }];
}

function isServer(path: Path): boolean {
  return path[0] === "virtualServices" && path[2] === "realServers" && path.length === 4;
}

/** A server that is only a name gets a setting: the name becomes one too. Nothing to set leaves it. */
function detailed(path: Path, name: string, value: unknown): Step[] {
  const [key = ""] = path.slice(-1);
  const isDefault = value === undefined || (key === "weight" && value === 1);
  if (isDefault) return [];
  const server = { [isAddress(name) ? "address" : "host"]: name, [key]: value };
  return [{ kind: "set", path: path.slice(0, -1), value: server }];
}

/** `80, 443, 8000-8003` as a list; anything else is one text, for the rules to judge. */
function portsOf(text: string): (string | number)[] {
  const items = text.trim().split(/\s*,\s*/);
  const isList = items.every((item) => /^[0-9]+(-[0-9]+)?$/.test(item));
  const isRange = isList && items.length === 1 && !/^[0-9]+$/.test(items[0] ?? "");
  if (!isList || isRange) return [text.trim()];
  return items.map((item) => (/^[0-9]{1,9}$/.test(item) ? Number(item) : item));
}

/** Whether all hosts, services and servers on a path exist. */
function isThere(topology: unknown, path: Path): boolean {
  return path.every((key, at) => {
    const isItem = typeof key === "number" || (path[0] === "hosts" && at === 1);
    return !isItem || valueAt(topology, path.slice(0, at + 1)) !== undefined;
  });
}

/** The next address in the last host's network; empty if that host has no address. */
function freeAddress(last: string, taken: readonly string[]): string {
  const [, network, number, prefix] = /^(\d+\.\d+\.\d+\.)(\d+)(\/\d+)$/.exec(last) ?? [];
  if (network === undefined) return "";
  const used = new Set(taken.map((address) => address.replace(/\/.*/, "")));
  for (let next = Number(number) + 1; next < 255; next++) {
    if (!used.has(`${network}${next}`)) return `${network}${next}${prefix}`;
  }
  return "";
}
