/** The notes of an import: it drops nothing silently. */

import { withoutSecrets } from "../base/without-secrets.ts";
import type { Place, Source } from "./place.ts";

/** Every code: one row each. They are a series of their own, as they are about other texts than topologies. */
export const importCodes = {
  IMP001: { severity: "error", name: "unreadable text" },
  IMP101: { severity: "warning", name: "placeholder for something that the text does not have" },
  IMP102: { severity: "warning", name: "not imported: a topology does not support it" },
  IMP103: { severity: "warning", name: "not imported: lvsgen does not understand it" },
  IMP104: { severity: "warning", name: "changed: a topology expresses it another way" },
} as const;

export type ImportCode = keyof typeof importCodes;

/** What a note is about, the most important first: packets go another way, a made-up value, anything else. */
export const effects = ["traffic", "placeholder", "other"] as const;

export type Effect = (typeof effects)[number];

/** How many of the text's services, servers and moving addresses the topology lacks because of what a note says. */
export interface Lost {
  readonly services: number;
  readonly servers: number;
  readonly addresses: number;
}

/** What else a note says. */
export interface About {
  /** JSON pointer into the new topology. */
  readonly pointer?: string;
  readonly effect?: Effect;
  readonly lost?: Partial<Lost>;
}

/** A diagnostic of a text that is not a topology, with its file: includes and pairs have several. */
export interface ImportNote {
  readonly code: ImportCode;
  readonly severity: "error" | "warning";
  readonly place: Place;
  /** JSON pointer into the new topology; empty if no place in it is concerned. */
  readonly pointer: string;
  readonly effect: Effect;
  readonly lost: Lost;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** A text that cannot be read: nothing is imported. */
export class ImportError extends Error {
  readonly place: Place;
  readonly hint: string;

  constructor(place: Place, message: string, hint: string) {
    super(message);
    this.place = place;
    this.hint = hint;
  }
}

/** Collects notes while texts are read and the topology is built. */
export class Notes {
  readonly all: ImportNote[] = [];
  /** By note, the part of the text that was being read. */
  readonly #parts = new Map<ImportNote, Place>();
  #part: Place | null = null;

  /** Notes that reading adds are about that part of the text. */
  within<T>(part: Place, read: () => T): T {
    this.#part = part;
    const result = read();
    this.#part = null;
    return result;
  }

  /** Now that parts have places in the topology, notes about them get these. */
  settle(pointers: ReadonlyMap<Place, string>): void {
    for (const [at, note] of this.all.entries()) {
      const part = this.#parts.get(note);
      const pointer = part === undefined ? undefined : pointers.get(part);
      if (note.pointer === "" && pointer !== undefined) this.all[at] = { ...note, pointer };
    }
  }

  placeholder(place: Place, pointer: string, message: string, hint: string): void {
    this.#add("IMP101", place, message, hint, { effect: "placeholder", pointer });
  }

  /** Understood, but a topology has no place for it. */
  leftOut(place: Place, message: string, hint: string, about: About = {}): void {
    this.#add("IMP102", place, message, hint, about);
  }

  /** What it does is unknown: it may well be about traffic. */
  notUnderstood(place: Place, message: string, hint: string, about: About = {}): void {
    this.#add("IMP103", place, message, hint, { effect: "traffic", ...about });
  }

  changed(place: Place, message: string, hint: string, about: About = {}): void {
    this.#add("IMP104", place, message, hint, about);
  }

  /** What all notes together lost. */
  lost(): Lost {
    return {
      services: this.all.reduce((sum, { lost }) => sum + lost.services, 0),
      servers: this.all.reduce((sum, { lost }) => sum + lost.servers, 0),
      addresses: this.all.reduce((sum, { lost }) => sum + lost.addresses, 0),
    };
  }

  #add(code: ImportCode, place: Place, message: string, hint: string, about: About): void {
    const { pointer = "", effect = about.lost === undefined ? "other" : "traffic" } = about;
    const lost = { services: 0, servers: 0, addresses: 0, ...about.lost };
    const note: ImportNote = {
      code,
      severity: importCodes[code].severity,
      place,
      pointer,
      effect,
      lost,
      // They become comments of a file that is kept and shown.
      message: withoutSecrets(message),
      hint: withoutSecrets(hint),
    };
    this.all.push(note);
    if (this.#part !== null) this.#parts.set(note, this.#part);
  }
}

/** Nothing was imported: for the reason that the error has. */
export function errorNote({ place, message, hint }: ImportError): ImportNote {
  return {
    code: "IMP001",
    severity: importCodes.IMP001.severity,
    place,
    pointer: "",
    effect: "traffic",
    lost: { services: 0, servers: 0, addresses: 0 },
    message,
    hint,
  };
}

/** By effect, the most important first; then in the order of texts and lines. */
export function ranked(notes: readonly ImportNote[], sources: readonly Source[]): ImportNote[] {
  const order = new Map(sources.map((source, index) => [source, index]));
  const at = ({ source }: Place) => order.get(source) ?? sources.length;
  return notes.toSorted(
    (a, b) =>
      effects.indexOf(a.effect) - effects.indexOf(b.effect) ||
      at(a.place) - at(b.place) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  );
}
