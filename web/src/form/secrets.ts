/** A topology without its passwords, for addresses and links. */

import { loadTopology } from "../../../src/topology/load.ts";
import type { TopologyText } from "../topology-text.ts";
import { isJson } from "./apply-edit.ts";
import { applyToJson } from "./json-text.ts";
import { secretKey } from "./secret-key.ts";
import { type Path, type Step, valueAt } from "./steps.ts";
import { applyToYaml } from "./yaml-text.ts";

/** Where a text cannot be read: the key, and the value up to what ends it in JSON or YAML. */
const secretLine =
  /(["']?[\w-]*(?:password|secret|passphrase)[\w-]*["']?\s*:[ \t]*)("(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[^\s,{}[\]#][^,}\n#]*)/gi;

/** @returns also how many passwords there were */
export function withoutSecrets(topology: TopologyText): { topology: TopologyText; count: number } {
  const { value, text } = loadTopology(topology.text, topology.name);
  if (value === undefined) {
    const count = [...text.matchAll(secretLine)].length;
    return { topology: { ...topology, text: text.replaceAll(secretLine, '$1""') }, count };
  }
  const named = pathsWhere(value, isSecret);
  const secrets = new Set(named.map((path) => String(valueAt(value, path))));
  // Where an anchor of another name holds it.
  const others = pathsWhere(value, (path, own) => !isSecret(path) && own.length > 3 && secrets.has(own));
  const steps = [...named, ...others].map(stepWithout);
  const apply = isJson(topology) ? applyToJson : applyToYaml;
  return { topology: { ...topology, text: steps.reduce(apply, text) }, count: steps.length };
}

function isSecret(path: Path): boolean {
  const isNamed = path.some((key) => typeof key === "string" && secretKey.test(key));
  // An object only says where the password is.
  return isNamed && path.at(-1) !== "env" && path.at(-1) !== "file";
}

/** A password of its own name is optional; a value inside of something else is not. */
function stepWithout(path: Path): Step {
  const key = path.at(-1);
  const isOwn = typeof key === "string" && secretKey.test(key);
  return isOwn ? { kind: "remove", path } : { kind: "set", path, value: "" };
}

/** Of texts and numbers. */
function pathsWhere(value: unknown, isIt: (path: Path, own: string) => boolean, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) {
    const isText = (typeof value === "string" && value !== "") || typeof value === "number";
    return isText && isIt(path, String(value)) ? [path] : [];
  }
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) =>
    pathsWhere((value as Readonly<Record<string | number, unknown>>)[key], isIt, [...path, key]),
  );
}
