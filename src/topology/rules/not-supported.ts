/**
 * What the schema knows and lvsgen does not do yet: refused, never ignored. A row goes when its behaviour comes.
 */

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
  { key: "webServer", supported: [], what: "provisioning a web server" },
  { key: "packages", supported: [], what: "package sources" },
];

export const unsupportedFields: readonly UnsupportedField[] = [
  ...hostFields.flatMap(({ key, ...rest }) => [
    { path: ["defaults", key], ...rest },
    { path: ["hosts", "*", key], ...rest },
  ]),
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
        say, the mirror that its packages come from. lvsgen refuses what it would otherwise ignore.`,
      fix: `
        Take the setting out, or do without until a newer version has it. The message names what is missing.`,
      wrong: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }`,
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 } }`,
    },
    check: ({ topology }) =>
      unsupportedFields.flatMap(({ path, supported, what }) =>
        matches(topology, path)
          .filter(({ value }) => !supported.includes(value))
          .map(({ pointer }) => notYet(pointer, what)),
      ),
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
