/** What a person can do, and its effects. */

import type { Signal } from "@preact/signals";
import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import type { FormEdit } from "../form/form-edit.ts";
import { type Language, rememberLanguage, showLanguage } from "../i18n/words.ts";
import type { TopologyText } from "../topology-text.ts";
import { WorkerEnded } from "../worker/client.ts";
import { call, restartWorker, wakeWorker } from "../worker/main-worker.ts";
import { reasonOf, reportFailure } from "./failures.ts";
import { beginHistory, type Entry, type History, recorded, redone, undone } from "./history.ts";
import { remember } from "./memory.ts";
import * as state from "./state.ts";

/** Milliseconds of rest in typing before the text is looked at. */
const rest = 150;
/** Edits closer to each other than this count as one: marks show what all of them did. */
const pause = 2000;

let timer: ReturnType<typeof setTimeout> | undefined;
let lastEdit = Number.NEGATIVE_INFINITY;
/** Counts checks of the topology: results of an older one are dropped. */
let version = 0;
let lastOrigin = 0;

/** The page's first topology, with no step before it. */
export async function begin(topology: TopologyText): Promise<void> {
  state.history.value = beginHistory(topology);
  await update(false);
}

/** Starts from a topology, as a step of the history: no marks, and changes compare with it. */
export function open(topology: TopologyText): void {
  const origin = { id: ++lastOrigin, topology };
  step({ topology, origin }, null);
  lastEdit = Number.NEGATIVE_INFINITY;
  void update(false);
}

/** With a notice that has a way back. */
export function openNamed(name: string, topology: TopologyText): void {
  open(topology);
  noteStep({ key: "start.opened", values: { name } });
}

/** Changes compare with the topology at hand from now on. */
export function compareFromHere(): void {
  const { now } = state.history.value;
  const origin = { id: ++lastOrigin, topology: now.topology };
  state.history.value = { ...state.history.value, now: { ...now, origin }, joinable: null };
  void update(false);
}

/** The text was edited by hand. */
export function editText(text: string): void {
  edited({ ...state.topology.value, text }, "text");
}

function edited(topology: TopologyText, group: string | null): void {
  const { text, name } = state.topology.value;
  if (topology.text === text && topology.name === name) return;
  step({ topology, origin: state.history.value.now.origin }, group);
  updateSoon();
}

function step(entry: Entry, group: string | null): void {
  state.history.value = recorded(state.history.value, entry, group, performance.now());
  endStepNotice();
}

/** A notice of the step that was just made, with a button that undoes it. */
export function noteStep(notice: Omit<state.Notice, "actions" | "isOfStep">): void {
  state.notice.value = { ...notice, actions: [{ key: "history.undo", run: undo }], isOfStep: true };
}

function endStepNotice(): void {
  if (state.notice.value?.isOfStep) state.notice.value = null;
}

let edits: Promise<void> = Promise.resolve();
let unfinished = 0;

/** Whether the worker still has edits, which are not part of the topology yet. */
export function hasUnfinishedEdits(): boolean {
  return unfinished > 0;
}

/** One after the other, each on the result of the one before. A failed one leaves the topology, and the next one works. */
function inTurn(work: () => Promise<void> | void): void {
  // Otherwise the turn would never come.
  wakeWorker();
  unfinished++;
  edits = edits
    .then(work)
    .catch((error: unknown) => {
      state.redraws.value++;
      if (error instanceof WorkerEnded) return;
      state.notice.value = { key: "edit.failed", values: { reason: reasonOf(error) }, isError: true };
    })
    .finally(() => {
      unfinished--;
    });
}

export function editForm(edit: FormEdit): void {
  inTurn(() => applyForm(edit).catch((error: unknown) => again(edit, error)));
}

/** Once more where the worker was replaced meanwhile. */
function again(edit: FormEdit, error: unknown): Promise<void> {
  if (error instanceof WorkerEnded) return applyForm(edit);
  throw error;
}

async function applyForm(edit: FormEdit): Promise<void> {
  const before = state.topology.value;
  const { topology, refusal } = await call("edit", before, edit);
  // Text that was typed meanwhile wins.
  if (state.topology.value !== before) return applyForm(edit);
  if (refusal === null) return edited(topology, groupOf(edit));
  state.redraws.value++;
  state.notice.value = { key: refusal.key, values: { name: refusal.name }, isError: true };
}

const typedKinds: ReadonlySet<FormEdit["kind"]> = new Set([
  "set",
  "set-port",
  "set-address",
  "change-address",
  "set-persistence",
]);

/** Edits of one field, key by key, are one step. */
function groupOf(edit: FormEdit): string | null {
  if (!typedKinds.has(edit.kind)) return null;
  return JSON.stringify({ ...edit, value: null });
}

export function undo(): void {
  inTurn(() => travel(undone(state.history.value)));
}

export function redo(): void {
  inTurn(() => travel(redone(state.history.value)));
}

function travel(history: History): void {
  if (history === state.history.value) return;
  state.history.value = history;
  state.travels.value++;
  state.redraws.value++;
  endStepNotice();
  lastEdit = Number.NEGATIVE_INFINITY;
  void update(true);
}

/** What the last switch of the language made, and from what: its comments come back with it. */
let converted: { readonly from: TopologyText; readonly to: TopologyText } | null = null;

export function convertTo(format: "json" | "yaml"): void {
  inTurn(async () => {
    const before = state.topology.value;
    if (before.name.endsWith(`.${format}`)) return;
    const isBack = converted?.to.text === before.text && converted.from.name.endsWith(`.${format}`);
    const after = isBack && converted !== null ? converted.from : await call("convert", before, format);
    if (state.topology.value !== before) return;
    if (after.name === before.name) {
      state.redraws.value++;
      state.notice.value = { key: "edit.unreadable", isError: true };
      return;
    }
    edited(after, null);
    converted = { from: before, to: after };
    if (format === "json" && hasComment.test(before.text)) noteStep({ key: "edit.comments" });
  });
}

/** Roughly: it only decides on a notice. */
const hasComment = /(?:^|\s)#/m;

/** A new worker, which gets the topology at hand. */
export function restart(): void {
  restartWorker();
  state.notice.value = null;
  void update(false);
}

function updateSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const now = performance.now();
    const isNewEdit = now - lastEdit > pause;
    lastEdit = now;
    void update(isNewEdit);
  }, rest);
}

/** The page's words, and what the worker says: that is said again in the language. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    await showLanguage(language);
  } catch (error) {
    return reportFailure(error);
  }
  rememberLanguage(language);
  await update(false);
}

/** check -> what is shown now -> everything else. */
async function update(isNewEdit: boolean): Promise<void> {
  clearTimeout(timer);
  // What it is busy with is of an older topology.
  wakeWorker();
  const own = ++version;
  const { origin, topology } = state.history.value.now;
  const checked = await call("check", topology, { origin, isNewEdit });
  if (own !== version) return;
  setIfOther(state.diagnostics, checked.diagnostics);
  setIfOther(state.form, checked.form ?? state.form.value);
  state.isReadable.value = checked.form !== null;
  state.isStale.value = checked.cluster === null;
  if (!checked.hasResults) state.cluster.value = null;
  if (checked.cluster === null) return;
  setIfOther(state.cluster, checked.cluster);
  if (!isGroup(state.groupName.value)) state.groupName.value = firstGroup();
  await showGroup(state.groupName.value);
  await showView();
  const groups = await call("groups");
  if (own !== version || groups === null) return;
  const changed = groups.filter(({ files }) => files.some(({ isChanged }) => isChanged));
  state.changedGroups.value = new Set(changed.map(({ name }) => name));
}

/** The worker always sends new objects: keep the old one if they are equal, so that nothing is drawn again. */
function setIfOther<T>(signal: Signal<T>, value: T): void {
  if (JSON.stringify(signal.peek()) !== JSON.stringify(value)) signal.value = value;
}

function isGroup(name: string): boolean {
  return name === ansibleFolder || (state.cluster.value?.hosts.includes(name) ?? false);
}

/** The first director: that is the script people look for. */
function firstGroup(): string {
  const director = state.form.value?.hosts.find(({ isDirector }) => isDirector)?.name;
  return director !== undefined && isGroup(director)
    ? director
    : (state.cluster.value?.hosts[0] ?? ansibleFolder);
}

/** Shows a host's files: the one of the same name as before, or the first script. */
export async function showGroup(name: string): Promise<void> {
  const own = version;
  state.groupName.value = name;
  const group = await call("group", name);
  if (own !== version || state.groupName.value !== name) return;
  setIfOther(state.group, group);
  const wanted = state.file.value?.path.replace(/^[^/]*\//, "");
  const files = group?.files ?? [];
  const shown =
    files.find(({ path }) => path === `${name}/${wanted}`) ??
    files.find(({ path }) => path.endsWith(".sh")) ??
    files[0];
  if (shown === undefined) state.file.value = null;
  else await showFile(shown.path);
}

export async function showFile(path: string): Promise<void> {
  const own = version;
  const content = await call("file", path);
  if (own === version) setIfOther(state.file, content);
}

/** Loads what only one view needs, when that view is shown. */
const makers: Readonly<Record<state.View, () => Promise<void>>> = {
  files: async () => {},
  picture: async () => {
    state.drawn.value = await call("draw");
  },
  plan: async () => {
    state.plan.value = await call("plan", state.groupName.value);
  },
  steps: async () => {
    setIfOther(state.steps, await call("steps"));
  },
  changes: async () => {
    state.changes.value = await call("changes");
  },
};

export async function showView(view: state.View = state.view.value): Promise<void> {
  state.view.value = view;
  remember("view", view);
  if (state.cluster.value === null) return;
  // The Ansible project has files, but no plan.
  if (view === "plan" && state.groupName.value === ansibleFolder) await showGroup(firstGroup());
  await makers[view]();
}

/** Chooses a host in any view. */
export async function chooseHost(name: string): Promise<void> {
  await showGroup(name);
  await showView();
}
