/** What the form can do beside hosts, services and servers themselves: addresses, checks, persistence, sorry servers. */

import { usesSetting } from "../../../src/rules/health-checks.ts";
import type { CheckType } from "../../../src/topology/model.ts";
import { type FormModel, type FormService, isWrittenPlain } from "./form-model.ts";
import { freeName, isAddress, keysAt, listAt, type Path, type Plain, type Step, valueAt } from "./steps.ts";

/** An address of a host, by its interface and its place in that interface's list. */
interface AddressPlace {
  readonly host: string;
  readonly interface: string;
  /** null: the interface has one address, which is not in a list. */
  readonly index: number | null;
}

export type SettingEdit =
  | { readonly kind: "add-address"; readonly host: string }
  | ({ readonly kind: "change-address"; readonly value: string } & AddressPlace)
  | ({ readonly kind: "move-address"; readonly to: string } & AddressPlace)
  | ({ readonly kind: "remove-address" } & AddressPlace)
  | { readonly kind: "set-check"; readonly service: number; readonly type: string }
  | { readonly kind: "add-checks" }
  | {
      readonly kind: "set-persistence";
      readonly service: number;
      readonly value: string | number | undefined;
    }
  | { readonly kind: "set-sorry"; readonly service: number; readonly target: string }
  /** What a finding says was meant: another value, or another key. */
  | { readonly kind: "correct"; readonly path: Path; readonly to: string; readonly isKey: boolean };

export const settingRows: {
  readonly [K in SettingEdit["kind"]]: (
    edit: Extract<SettingEdit, { kind: K }>,
    model: FormModel,
    value: Plain,
  ) => readonly Step[];
} = {
  "add-address": ({ host }, _model, topology) => {
    const path = ["hosts", host, "interfaces"];
    const names = keysAt(topology, path);
    return [{ kind: "set", path: [...path, freeInterface(names)], value: "" }];
  },

  "change-address": ({ value, ...place }) => [{ kind: "set", path: pathOf(place), value }],

  "move-address": ({ to, ...place }, _model, topology) => {
    if (to === "" || to === place.interface) return [];
    const target = ["hosts", place.host, "interfaces", to];
    const there = valueAt(topology, target);
    if (there === undefined && place.index === null) return [{ kind: "rename", path: pathOf(place), to }];
    const own = valueAt(topology, pathOf(place));
    const value = there === undefined ? own : [...(Array.isArray(there) ? there : [there]), own];
    return [...removal(place, topology), { kind: "set", path: target, value }];
  },

  "remove-address": (place, _model, topology) => removal(place, topology),

  "set-check": ({ service, type }, _model, topology) => {
    const path = ["virtualServices", service, "healthCheck"];
    if (type === "") return [{ kind: "remove", path }];
    const keys = keysAt(topology, path);
    if (keys.length === 0) return [{ kind: "set", path, value: { type } }];
    // A setting of the old type would be an error; times are of every type.
    const isOld = (key: string) =>
      checkTypes.some((each) => usesSetting(each, key)) && !usesSetting(type as CheckType, key);
    return [
      { kind: "set", path: [...path, "type"], value: type },
      ...keys.filter(isOld).map((key): Step => ({ kind: "remove", path: [...path, key] })),
    ];
  },

  "add-checks": (_edit, { services }) =>
    services.flatMap((service, at): Step[] =>
      service.checkType !== "" || service.hasMark
        ? []
        : [{ kind: "set", path: ["virtualServices", at, "healthCheck"], value: { type: checkFor(service) } }],
    ),

  "set-persistence": ({ service, value }, _model, topology) => {
    const path = ["virtualServices", service, "persistence"];
    if (value !== undefined) return [{ kind: "set", path: [...path, "timeout"], value }];
    const others = keysAt(topology, path).filter((key) => key !== "timeout");
    return [{ kind: "remove", path: others.length === 0 ? path : [...path, "timeout"] }];
  },

  "set-sorry": ({ service, target }, model, topology) => {
    const path = ["virtualServices", service, "sorryServer"];
    if (target === "") return [{ kind: "remove", path }];
    const keys = keysAt(topology, path);
    const key = isAddress(target) && !model.hosts.some(({ name }) => name === target) ? "address" : "host";
    const before = keys.find((each) => each === "host" || each === "address");
    if (typeof valueAt(topology, path) === "string") return [{ kind: "set", path, value: target }];
    if (before === undefined) {
      const isPlain = keys.length === 0 && isWrittenPlain(model, model.services[service]?.servers ?? []);
      return [{ kind: "set", path, value: isPlain ? target : { [key]: target } }];
    }
    return [
      ...(before === key ? [] : [{ kind: "rename", path: [...path, before], to: key } as const]),
      { kind: "set", path: [...path, key], value: target },
    ];
  },

  correct: ({ path, to, isKey }, _model, topology) => {
    if (!isKey) return [{ kind: "set", path, value: to }];
    const isFree = valueAt(topology, [...path.slice(0, -1), to]) === undefined;
    return isFree ? [{ kind: "rename", path, to }] : [];
  },
};

const checkTypes: readonly CheckType[] = ["http", "https", "tcp", "dns", "smtp", "udp", "ping", "script"];

/** A check that a service of that protocol and port answers without further settings. */
function checkFor({ protocol, port }: FormService): CheckType {
  if (protocol.includes("tcp")) return port === "80" || port === "8080" ? "http" : "tcp";
  if (protocol === "udp") return port === "53" ? "dns" : "udp";
  return "ping";
}

/** `eth1` after `eth0`. */
function freeInterface(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return last === "" ? "eth0" : freeName(/\d$/.test(last) ? last : `${last}0`, names);
}

function pathOf({ host, interface: name, index }: AddressPlace): Path {
  return ["hosts", host, "interfaces", name, ...(index === null ? [] : [index])];
}

/** With the last address its interface goes, too. */
function removal(place: AddressPlace, topology: Plain): Step[] {
  const own = ["hosts", place.host, "interfaces", place.interface];
  const isLast = place.index !== null && listAt(topology, own).length < 2;
  return [{ kind: "remove", path: isLast ? own : pathOf(place) }];
}
