/** The lines of an ldirectord.cf: global settings, and a section for each virtual service (ldirectord(8)). */

import type { Place, Source } from "../place.ts";

export interface Setting {
  readonly key: string;
  /** Without its quotes. */
  readonly value: string;
  readonly place: Place;
}

export interface Section {
  /** `virtual = …` or `virtual6 = …`. */
  readonly head: Setting;
  readonly settings: readonly Setting[];
}

export interface Sections {
  readonly globals: readonly Setting[];
  readonly virtuals: readonly Section[];
  /** Lines that are no setting. */
  readonly strange: readonly { readonly text: string; readonly place: Place }[];
}

/** What is indented belongs to the virtual service before. */
export function readSections(source: Source): Sections {
  const globals: Setting[] = [];
  const virtuals: { head: Setting; settings: Setting[] }[] = [];
  const strange: { text: string; place: Place }[] = [];
  for (const [index, line] of source.text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const text = line.replace(/#.*$/, "").trim();
    if (text === "") continue;
    const isIndented = /^[ \t]/.test(line);
    const place = { source, line: index + 1, column: line.length - line.trimStart().length + 1 };
    const [, key = "", value = ""] = /^([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(text) ?? [];
    const setting = { key: key.toLowerCase(), value: unquoted(value), place };
    if (key === "") strange.push({ text, place });
    else if (/^virtual6?$/.test(setting.key)) virtuals.push({ head: setting, settings: [] });
    else if (isIndented) (virtuals.at(-1)?.settings ?? globals).push(setting);
    else globals.push(setting);
  }
  return { globals, virtuals, strange };
}

/** `real=… "request", "receive"` keeps its two texts. */
function unquoted(value: string): string {
  const [, inside] = /^"([^"]*)"$/.exec(value.trim()) ?? [];
  return inside ?? value.trim();
}

/** The last one counts. */
export function valueIn(key: string, ...settings: readonly (readonly Setting[])[]): Setting | null {
  for (const each of settings) {
    const found = each.findLast((setting) => setting.key === key);
    if (found !== undefined) return found;
  }
  return null;
}

/** A whole number of at least 1; null: none, or no number. */
export function numberIn(key: string, ...settings: readonly (readonly Setting[])[]): number | null {
  const text = valueIn(key, ...settings)?.value ?? "";
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
}
