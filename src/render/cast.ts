/**
 * A template's text as constant parts with printed values between them: made from one view, and filled in with others of
 * the same shape. Most of a script is the same on every host, and Handlebars would print all of it each time.
 */

import { type Changes, type Container, compareShape, type Leaf, markView, type Part } from "./view-shape.ts";

/** Null for a view of another shape. */
export type Cast = (view: object) => string | null;

type Write = (value: unknown) => string;

/** What to print instead of a helper's value; null for a value that does not vary. */
export type HoleFor = (value: unknown, write: Write) => string | null;

interface Hole {
  readonly part: Leaf | Container;
  readonly write: Write;
  /** Its place among the texts. */
  readonly at: number;
}

/** Helpers refuse or escape this character, so it is found only where a marked value was printed. */
const mark = "\0";

/**
 * @param text what the template makes of the view
 * @param record renders a marked view, with helpers that ask for holes
 * @returns null if the template does more with values than print them
 */
export function castOf(
  view: object,
  text: string,
  record: (marked: object, holeFor: HoleFor) => string,
): Cast | null {
  const holes: Hole[] = [];
  try {
    const { view: marked, root, parts } = markView(view);
    const recorded = record(marked, (value, write) => {
      const part = parts.get(value);
      if (part === undefined) return null;
      holes.push({ part, write, at: holes.length * 2 + 1 });
      return `${mark}${holes.length - 1}${mark}`;
    });
    const texts = recorded.split(mark);
    // Each hole once and in order: otherwise a helper got what another one had printed.
    if (texts.length !== holes.length * 2 + 1) return null;
    if (holes.some(({ at }, index) => texts[at] !== String(index))) return null;
    for (const { part, write, at } of holes) texts[at] = write(part.value);
    return texts.join("") === text ? filler(root, holes, texts) : null;
  } catch {
    // Render the view as it is: that reports what is wrong.
    return null;
  }
}

function filler(root: Part, holes: readonly Hole[], texts: string[]): Cast {
  const byPart = new Map<Part, Hole[]>();
  for (const hole of holes) byPart.set(hole.part, [...(byPart.get(hole.part) ?? []), hole]);
  const changes: Changes = [];
  return (view) => {
    changes.length = 0;
    if (!compareShape(root, view, changes)) return null;
    for (const [part, value] of changes) {
      part.value = value;
      for (const { write, at } of byPart.get(part) ?? []) texts[at] = write(value);
    }
    return texts.join("");
  };
}
