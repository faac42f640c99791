/** Completion by the schema: keys that fit here, values that are listed, names of the topology's hosts. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import type { Extension } from "@codemirror/state";
import type { Schema } from "../../../src/topology/schema.ts";
import { form } from "../state/state.ts";
import { type Kind, propertyOf, schemaOf, spotAt } from "./schema-at.ts";
import type { Spot } from "./schema-path.ts";

const instances = { json: json().language, yaml: yaml().language } as const;

export function schemaCompletion(kind: Kind): Extension {
  return instances[kind].data.of({ autocomplete: (context: CompletionContext) => complete(kind, context) });
}

export function complete(kind: Kind, context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/"?[\w.$-]*/);
  if (word === null || (word.text === "" && !context.explicit)) return null;
  const spot = spotAt(kind, context.state.sliceDoc(0, word.from));
  if (spot === null) return null;
  const options = spot.kind === "key" ? [...keys(kind, spot), ...names(kind, spot)] : values(kind, spot);
  return options.length === 0 ? null : { from: word.from, options, validFor: /^"?[\w.$-]*$/ };
}

function keys(kind: Kind, { path, keys: taken }: Spot): Completion[] {
  const node = schemaOf(path);
  const required = new Set(node?.required);
  return Object.keys(node?.properties ?? {})
    .filter((key) => !taken.includes(key))
    .map((key) => {
      const own = propertyOf(node, key);
      return {
        label: key,
        apply: kind === "json" ? `${JSON.stringify(key)}: ` : `${key}: `,
        detail: own?.title ?? "",
        ...(own?.description === undefined ? {} : { info: own.description }),
        boost: required.has(key) ? 1 : 0,
      };
    });
}

function values(kind: Kind, { path }: Spot): Completion[] {
  const node = schemaOf(path);
  if (node === null) return [];
  const listed = isHostName(path) ? hostNames() : valuesOf(node);
  return listed.map((value, index) => ({
    label: String(value),
    apply:
      kind === "json" || typeof value !== "string" || /[[\]]/.test(value) ? JSON.stringify(value) : value,
    ...(value === node.default ? { detail: "default" } : {}),
    ...infoOf(node, index),
  }));
}

/** What a listed value means. */
function infoOf({ enumDescriptions, items }: Schema, index: number): Pick<Completion, "info"> {
  const info = (enumDescriptions ?? items?.enumDescriptions)?.[index];
  return info === undefined ? {} : { info };
}

/** Where an item of a list begins, which may be an object or a name. */
function names(kind: Kind, spot: Spot): Completion[] {
  return isServer(spot.path) && spot.keys.length === 0 ? values(kind, spot) : [];
}

function hostNames(): string[] {
  return (form.value?.hosts ?? []).map(({ name }) => name);
}

function valuesOf({ enum: listed, type, const: only, items }: Schema): readonly unknown[] {
  if (listed !== undefined) return listed;
  if (only !== undefined) return [only];
  if (type === "boolean") return [true, false];
  return items?.enum ?? [];
}

/** `host` of a real server, sorry server or floating address, each by its name alone, and the directors' hosts. */
function isHostName(path: Spot["path"]): boolean {
  return path.at(-1) === "host" || isServer(path) || (path[0] === "directors" && path[1] === "hosts");
}

function isServer(path: Spot["path"]): boolean {
  if (path[0] === "floatingAddresses") return path.length === 4 && path[2] === "hosts";
  if (path[0] !== "virtualServices") return false;
  return (path.length === 4 && path[2] === "realServers") || (path.length === 3 && path[2] === "sorryServer");
}
