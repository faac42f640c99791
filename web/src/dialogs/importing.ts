/** An import: what is imported, how far it is, and what came of it. It outlasts the dialog, so that a draft stays. */

import { signal } from "@preact/signals";
import { noteStep, open } from "../state/actions.ts";
import { reasonOf } from "../state/failures.ts";
import { Client, WorkerEnded } from "../worker/client.ts";
import type { ImportResult, ImportSource } from "../worker/protocol.ts";
import { closeDialog, openDialog } from "./dialog-name.ts";
import { type FileProblem, readFiles } from "./read-files.ts";

/** Characters that a text field shows without delay. */
const mostShown = 200_000;

/** What was typed or pasted, or the one file that was chosen. */
export const draft = signal("");
/** Several files, or a large one, which are not shown as text. */
export const files = signal<readonly ImportSource[]>([]);
export const problems = signal<readonly FileProblem[]>([]);
export const result = signal<ImportResult | null>(null);
/** Why the import itself failed. */
export const failure = signal<string | null>(null);
/** Characters of what is being imported now; null: nothing is. */
export const running = signal<number | null>(null);
/** Its worker has been silent for long: it is busy with much, or hangs. Only the person ends it. */
export const isSilent = signal(false);

/** A worker for imports only: a large one keeps no edit waiting, and can be ended. */
let worker: Client | null = null;

/** The text, or without one the files that were chosen. */
export function importDraft(): Promise<void> {
  return run(draft.value.trim() === "" ? files.value : [{ name: "text", text: draft.value }]);
}

export async function importFiles(list: Iterable<File>): Promise<void> {
  const read = await readFiles(list);
  problems.value = read.problems;
  result.value = null;
  if (read.sources.length === 0) return;
  const [first] = read.sources;
  const isText = read.sources.length === 1 && first !== undefined && first.text.length <= mostShown;
  files.value = isText ? [] : read.sources;
  draft.value = isText ? first.text : "";
  await run(read.sources);
}

/** A dropped topology just opens; for everything else the dialog says what was found, or what the file is. */
export async function importDropped(list: Iterable<File>): Promise<void> {
  openDialog.value = "import";
  await importFiles(list);
}

async function run(sources: readonly ImportSource[]): Promise<void> {
  const [first, ...more] = sources;
  if (first === undefined) return;
  cancel();
  result.value = null;
  failure.value = null;
  running.value = sources.reduce((sum, { text }) => sum + text.length, 0);
  const own = new Client({
    ended: (reason) => {
      failure.value = reason;
      running.value = null;
    },
    silent: (now) => {
      isSilent.value = now;
    },
  });
  worker = own;
  try {
    take(first.name, await own.call("import", [first, ...more]));
  } catch (error) {
    if (error instanceof WorkerEnded) return;
    failure.value = reasonOf(error);
  }
  cancel();
}

/** Ends it; the topology stays as it is. */
export function cancel(): void {
  worker?.end();
  worker = null;
  running.value = null;
  isSilent.value = false;
}

function take(name: string, imported: ImportResult): void {
  result.value = imported;
  if (imported.topology === null) return;
  open(imported.topology);
  noteStep({ key: "start.opened", values: { name } });
  if (imported.notes.length === 0 && problems.value.length === 0) closeDialog();
}

/** When the dialog closes: what was imported is done with, what was not stays. */
export function leave(): void {
  cancel();
  problems.value = [];
  failure.value = null;
  if (result.value?.topology) {
    draft.value = "";
    files.value = [];
  }
  result.value = null;
}
