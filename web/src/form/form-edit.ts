/** What the form can do to a topology: one row each, as steps that leave everything else as it is. */

import { type FormModel, namesOf } from "./form-model.ts";
import { freeAddress, freeName } from "./free.ts";
import { itemOf, listAt, type Path, references, valueAt } from "./paths.ts";

/** The smallest changes of a text. */
export type Step =
  | { readonly kind: "set"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: Path }
  | { readonly kind: "rename"; readonly path: Path; readonly to: string };

export type FormEdit =
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
  | { readonly kind: "add-checks"; readonly type: string }
  | { readonly kind: "set-check"; readonly service: number; readonly type: string }
  | { readonly kind: "set-persistence"; readonly service: number; readonly value: string | number }
  | { readonly kind: "set-sorry"; readonly service: number; readonly target: string }
  | { readonly kind: "set-director"; readonly host: string; readonly isDirector: boolean }
  | { readonly kind: "add-host" }
  | { readonly kind: "remove-host"; readonly host: string }
  | { readonly kind: "add-service" }
  | { readonly kind: "remove-service"; readonly at: number }
  | { readonly kind: "set-server"; readonly service: number; readonly at: number; readonly target: string }
  | { readonly kind: "add-server"; readonly service: number }
  | { readonly kind: "remove-server"; readonly service: number; readonly at: number };

type Plain = Readonly<Record<string, unknown>>;

type Rows = {
  readonly [K in FormEdit["kind"]]: (
    edit: Extract<FormEdit, { kind: K }>,
    model: FormModel,
    value: Plain,
  ) => readonly Step[];
};

const rows: Rows = {
  set: ({ path, value }, _model, topology) => {
    const plain = valueAt(topology, path.slice(0, -1));
    if (isServer(path.slice(0, -1)) && typeof plain === "string") return detailed(path, plain, value);
    return [value === undefined ? { kind: "remove", path } : { kind: "set", path, value }];
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
      ...references(topology, from).map((path): Step => ({ kind: "set", path, value: to })),
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
    const before = listAt(topology, path);
    const addresses = value.split(",").map((each) => each.trim());
    const isAlone = addresses.length === 1;
    // One of a list of one stays in its brackets.
    if (isAlone && before.length === 1) return [{ kind: "set", path: [...path, 0], value }];
    return [{ kind: "set", path, value: isAlone ? value : addresses }];
  },

  "add-checks": ({ type }, { services }) =>
    services.flatMap(({ check, protocol }, at): Step[] => {
      const value = { type: protocol === "tcp" ? type : (otherChecks[protocol] ?? type) };
      return check === "" ? [{ kind: "set", path: ["virtualServices", at, "healthCheck"], value }] : [];
    }),

  "set-check": ({ service, type }, { services }) => {
    const path = ["virtualServices", service, "healthCheck"];
    if (type === "") return [{ kind: "remove", path }];
    const hasPath = services[service]?.checkPath !== "" && !type.startsWith("http");
    return [
      { kind: "set", path: [...path, "type"], value: type },
      ...(hasPath ? [{ kind: "remove", path: [...path, "path"] } as const] : []),
    ];
  },

  "set-persistence": ({ service, value }) => {
    const path = ["virtualServices", service, "persistence"];
    return value === "" ? [{ kind: "remove", path }] : [{ kind: "set", path: [...path, "timeout"], value }];
  },

  "set-sorry": ({ service, target }, model, topology) => {
    const path = ["virtualServices", service, "sorryServer"];
    if (target === "") return [{ kind: "remove", path }];
    const before = valueAt(topology, path);
    if (typeof before === "string") return [{ kind: "set", path, value: target }];
    const key = keyOf(target, model);
    const other = key === "host" ? "address" : "host";
    const isOther = valueAt(topology, [...path, other]) !== undefined;
    return [
      ...(isOther ? [{ kind: "remove", path: [...path, other] } as const] : []),
      { kind: "set", path: [...path, key], value: target },
    ];
  },

  "set-director": ({ host, isDirector }, { hosts }, topology) => {
    const path = ["directors", "hosts"];
    const names = listAt(topology, path);
    const hosted = new Set(namesOf(host));
    const own = names.flatMap((name, at) =>
      namesOf(String(name)).some((each) => hosted.has(each)) ? [at] : [],
    );
    if (isDirector === own.length > 0 || !hosts.some(({ name }) => name === host)) return [];
    if (isDirector) return [{ kind: "set", path: [...path, names.length], value: host }];
    // From the end, so that earlier indices stay valid.
    return own.toReversed().map((at): Step => ({ kind: "remove", path: [...path, at] }));
  },

  "add-host": (_edit, { hosts }) => {
    const last = hosts.at(-1);
    const name = freeName(
      namesOf(last?.name ?? "host0").at(-1) ?? "",
      hosts.flatMap((host) => namesOf(host.name)),
    );
    const [lastAddress = ""] = last?.address.split(", ") ?? [];
    const address = freeAddress(
      namesOf(lastAddress).at(-1) ?? "",
      hosts.flatMap((host) => host.address.split(", ").flatMap(namesOf)),
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

  "add-service": (_edit, { services, hosts }) => {
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
      scheduler: last?.scheduler ?? "wlc",
      forwarding: last?.forwarding ?? "dr",
      realServers: (
        last?.servers ?? servers.map(({ name }) => ({ key: "host", target: name, isPlain: false }))
      ).map(({ key, target, isPlain }) => (isPlain ? target : { [key]: target })),
    };
    return [{ kind: "set", path: ["virtualServices", services.length], value }];
  },

  "remove-service": ({ at }) => [{ kind: "remove", path: ["virtualServices", at] }],

  "set-server": ({ service, at, target }, model) => {
    const path = ["virtualServices", service, "realServers", at];
    const known = model.services[service]?.servers[at];
    const key = keyOf(target, model);
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
    const taken = new Set(own.map(({ target }) => target));
    const free = model.hosts.find(({ name, isDirector }) => !isDirector && !taken.has(name));
    const name = free?.name ?? "";
    // As the others are written.
    const value = own.length > 0 && own.every(({ isPlain }) => isPlain) ? name : { host: name, weight: 1 };
    return [{ kind: "set", path: ["virtualServices", service, "realServers", own.length], value }];
  },

  "remove-server": ({ service, at }) => [
    { kind: "remove", path: ["virtualServices", service, "realServers", at] },
  ],
};

/** The check that can be asked for in place of one by TCP. */
const otherChecks: Readonly<Record<string, string>> = { udp: "udp", sctp: "ping" };

function keyOf(target: string, { hosts }: FormModel): "host" | "address" {
  return hosts.some(({ name }) => name === target) || !isAddress(target) ? "host" : "address";
}

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
  if (edit.kind === "set") return edit.path;
  if (edit.kind === "rename-host") return ["hosts", edit.from];
  if (edit.kind === "remove-service") return ["virtualServices", edit.at];
  if ("host" in edit) return ["hosts", edit.host];
  if (!("service" in edit)) return [];
  const service = ["virtualServices", edit.service];
  return "at" in edit ? [...service, "realServers", edit.at] : service;
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

function isAddress(text: string): boolean {
  return /^[0-9.]+$/.test(text) || text.includes(":");
}
