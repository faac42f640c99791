/** Text of a topology -> value, by whichever reader of YAML is given: not every program brings one along. */

import { type Content, unreadable } from "./content.ts";
import { loadJson } from "./load-json.ts";

export interface Loaded extends Content {
  /** As given, for messages. */
  readonly name: string;
  /** Without a byte order mark. */
  readonly text: string;
}

/** UTF-16 code units: a topology of 10 000 hosts has about 2 million. */
const maximumLength = 32 * 1024 * 1024;

/** @param loadYaml is called for a text that is no JSON by `isJson` */
export function loadBy(text: string, name: string, loadYaml: (text: string) => Content): Loaded {
  const body = withoutMark(text);
  const content = refuse(body) ?? (isJson(text, name) ? loadJson(body) : loadYaml(body));
  return { name, text: body, ...content };
}

/** By the name, or where that says nothing by the content: JSON begins with `{`. */
export function isJson(text: string, name: string): boolean {
  const extension = /\.(json|ya?ml)$/i.exec(name)?.[1]?.toLowerCase();
  return extension === undefined ? /^\s*\{/.test(withoutMark(text)) : extension === "json";
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function refuse(text: string): Content | null {
  if (text.length > maximumLength) {
    return unreadable("the text is larger than 32 MiB", "split the cluster into several topologies", {
      start: 0,
      end: 0,
    });
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    return unreadable("the text has a NUL character", "save it as UTF-8 text (not UTF-16)", {
      start: nul,
      end: nul + 1,
    });
  }
  if (text.trim() === "")
    return unreadable("the text is empty", "'lvsgen init' writes a first topology", { start: 0, end: 0 });
  return null;
}
