/** Text of a topology -> value, with the given reader of YAML: not every program has one. */

import { say } from "../languages/say.ts";
import { type Content, unreadable } from "./content.ts";
import { loadJson } from "./load-json.ts";

export interface Loaded extends Content {
  /** As given, for messages. */
  readonly name: string;
  /** Without a byte order mark. */
  readonly text: string;
}

/** UTF-16 code units: a topology of 10 000 hosts has about 2 million. */
const maximumLength = 8 * 1024 * 1024;

/** Values and keys: one of 10 000 hosts has about 100 000. They take the time and memory, not the characters. */
const maximumValues = 500_000;

/** @param loadYaml is called for a text that is not JSON by `isJson` */
export function loadBy(text: string, name: string, loadYaml: (text: string) => Content): Loaded {
  const body = withoutMark(text);
  const content = refuse(body) ?? (isJson(text, name) ? loadJson(body) : loadYaml(body));
  return { name, text: body, ...content };
}

/** By the name, or if that says nothing by the content: JSON begins with `{`. */
export function isJson(text: string, name: string): boolean {
  const extension = /\.(json|ya?ml)$/i.exec(name)?.[1]?.toLowerCase();
  return extension === undefined ? /^\s*\{/.test(withoutMark(text)) : extension === "json";
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function refuse(text: string): Content | null {
  const split = say`split the cluster into several topologies`;
  if (text.length > maximumLength)
    return unreadable(say`the text is larger than 8 MiB`, split, { start: 0, end: 0 });
  const values = countValues(text);
  if (values > maximumValues) {
    const message = say`the text has more than ${maximumValues} values (about ${values})`;
    return unreadable(message, split, { start: 0, end: 0 });
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    return unreadable(say`the text has a NUL character`, say`save it as UTF-8 text (not UTF-16)`, {
      start: nul,
      end: nul + 1,
    });
  }
  if (text.trim() === "")
    return unreadable(say`the text is empty`, say`'lvsgen init' writes a first topology`, {
      start: 0,
      end: 0,
    });
  return null;
}

/** About how many there are: what separates or begins one, in either language and also inside of strings. */
function countValues(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // , : [ { and a hyphen before a blank
    if (code === 44 || code === 58 || code === 91 || code === 123) count++;
    else if (code === 45 && text.charCodeAt(at + 1) <= 32) count++;
  }
  return count;
}
