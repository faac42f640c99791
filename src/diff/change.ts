/** What differs between two clusters, in operators' words. */

import { inLanguage, say } from "../languages/say.ts";

/** What happens to open connections, the worst first. */
export const fates = ["ended", "at risk", "draining", "kept", "none"] as const;

export type Fate = (typeof fates)[number];

export interface Change {
  /** e.g. `service web`, `host pi3`, `directors`. */
  readonly subject: string;
  /** e.g. `scheduler rr -> wrr`. */
  readonly what: string;
  readonly connections: Fate;
  /** What that means for connected clients, and for new ones. */
  readonly effect: string;
}

/** A row of a table: whether two values differ, and how to describe it. */
export interface Aspect<T> {
  /** null where they are the same. */
  readonly compare: (before: T, after: T) => string | null;
  readonly connections: Fate;
  /** A phrase. */
  readonly effect: string;
}

/** Aspects of every field of a type; null where another table, or none, handles it. */
export type Aspects<T> = { readonly [K in keyof T]: Aspect<T> | null };

export function changesBy<T>(table: Aspects<T>, subject: string, before: T, after: T): Change[] {
  const rows = Object.values(table) as readonly (Aspect<T> | null)[];
  return rows.flatMap((aspect) => {
    const what = aspect?.compare(before, after) ?? null;
    if (aspect === null || what === null) return [];
    return { subject, what, connections: aspect.connections, effect: inLanguage(aspect.effect) };
  });
}

/** Compares by a text; `LABEL OLD -> NEW`. The label is a phrase. */
export function told<T>(label: string, text: (value: T) => string): Aspect<T>["compare"] {
  return (before, after) => {
    const [old, now] = [text(before), text(after)];
    return old === now ? null : say`${inLanguage(label)} ${old} -> ${now}`;
  };
}
