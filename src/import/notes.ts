/** What an import has to say: nothing that was read goes by in silence. */

import type { Place } from "./place.ts";

/** Every code: one row each. Of the import's own series, as they are about other texts than topologies. */
export const importCodes = {
  IMP001: { severity: "error", name: "the text can be read" },
  IMP101: { severity: "warning", name: "what the text does not tell has a stand-in" },
  IMP102: { severity: "warning", name: "what a topology has no place for is left out" },
  IMP103: { severity: "warning", name: "what is not understood is left out" },
  IMP104: { severity: "warning", name: "what a topology says otherwise is taken over in its sense" },
} as const;

export type ImportCode = keyof typeof importCodes;

/** A diagnostic of a text that is no topology: the file is told too, as includes and pairs have several. */
export interface ImportNote {
  readonly code: ImportCode;
  readonly severity: "error" | "warning";
  readonly place: Place;
  /** JSON pointer into the topology that was made; empty where nothing of it is concerned. */
  readonly pointer: string;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** The text cannot be read beyond a place: nothing is imported. */
export class ImportError extends Error {
  readonly place: Place;
  readonly hint: string;

  constructor(place: Place, message: string, hint: string) {
    super(message);
    this.place = place;
    this.hint = hint;
  }
}

/** Collects notes while a text is read and a topology is put together. */
export class Notes {
  readonly all: ImportNote[] = [];

  standIn(place: Place, pointer: string, message: string, hint: string): void {
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
