/** Notes for people: what changes traffic first. */

import { counted } from "../base/counted.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import { diagnosticsText, type TextOptions } from "../topology/diagnostics-text.ts";
import { type Effect, effects, type ImportNote } from "./notes.ts";
import type { Source } from "./place.ts";

const headings: Readonly<Record<Effect, string>> = {
  traffic: phrase`What happens to packets`,
  placeholder: phrase`Placeholders`,
  other: phrase`Anything else`,
};

/**
 * A part for each kind of note, with its heading where there are several.
 *
 * @param sources the imported texts, in the user's order
 */
export function notesText(
  notes: readonly ImportNote[],
  sources: readonly Source[],
  options: TextOptions,
): string[] {
  const parts = effects.flatMap((effect) => {
    const own = notes.filter((note) => note.effect === effect);
    return own.length === 0 ? [] : { effect, own };
  });
  return parts.flatMap(({ effect, own }) => {
    const blocks = bySource(own, sources).map(([source, its]) => block(its, source, options));
    return parts.length === 1
      ? blocks
      : [say`${inLanguage(headings[effect])} (${counted(own.length, "note")}):`, ...blocks];
  });
}

/** The user's first, then what they include. */
function bySource(notes: readonly ImportNote[], sources: readonly Source[]): [Source, ImportNote[]][] {
  const found = new Map<Source, ImportNote[]>(sources.map((source) => [source, []]));
  for (const note of notes) {
    const own = found.get(note.place.source);
    if (own === undefined) found.set(note.place.source, [note]);
    else own.push(note);
  }
  return [...found].filter(([, own]) => own.length > 0);
}

function block(notes: readonly ImportNote[], source: Source, options: TextOptions): string {
  const own = notes.map(({ place, ...note }) => ({
    ...note,
    pointer: "",
    line: place.line,
    column: place.column,
  }));
  const name = source.name === "-" ? say`standard input` : source.name;
  return diagnosticsText(own, name, source.text, options).trimEnd();
}
