/** The notes of an import: it drops nothing silently. */

import type { Place } from "./place.ts";

/** Every code: one row each. They are a series of their own, as they are about other texts than topologies. */
export const importCodes = {
  IMP001: { severity: "error", name: "unreadable text" },
  IMP101: { severity: "warning", name: "placeholder for something that the text does not have" },
  IMP102: { severity: "warning", name: "not imported: a topology does not support it" },
  IMP103: { severity: "warning", name: "not imported: lvsgen does not understand it" },
  IMP104: { severity: "warning", name: "changed: a topology expresses it another way" },
} as const;

export type ImportCode = keyof typeof importCodes;

/** A diagnostic of a text that is not a topology, with its file: includes and pairs have several. */
export interface ImportNote {
  readonly code: ImportCode;
  readonly severity: "error" | "warning";
  readonly place: Place;
  /** JSON pointer into the new topology; empty if no place in it is concerned. */
  readonly pointer: string;
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

  placeholder(place: Place, pointer: string, message: string, hint: string): void {
    this.#add("IMP101", place, message, hint, pointer);
  }

  leftOut(place: Place, message: string, hint: string): void {
    this.#add("IMP102", place, message, hint);
  }

  notUnderstood(place: Place, message: string, hint: string): void {
    this.#add("IMP103", place, message, hint);
  }

  changed(place: Place, message: string, hint: string, pointer = ""): void {
    this.#add("IMP104", place, message, hint, pointer);
  }

  #add(code: ImportCode, place: Place, message: string, hint: string, pointer = ""): void {
    this.all.push({ code, severity: importCodes[code].severity, place, pointer, message, hint });
  }
}

export function errorNote({ place, message, hint }: ImportError): ImportNote {
  return { code: "IMP001", severity: "error", place, pointer: "", message, hint };
}
