/** What a person can do, and its effects. */

import type { Signal } from "@preact/signals";
import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import type { FormEdit } from "../form/form-edit.ts";
import type { TopologyText } from "../topology-text.ts";
import { call } from "../worker/client.ts";
import * as state from "./state.ts";

/** Milliseconds of rest in typing before the text is looked at. */
const rest = 150;
/** Edits closer to each other than this count as one: marks show what all of them did. */
const pause = 2000;

let timer: ReturnType<typeof setTimeout> | undefined;
let lastEdit = Number.NEGATIVE_INFINITY;
/** Counts checks of the topology: results of an older one are dropped. */
let version = 0;

/** Starts from a topology: no marks, and changes compare with it. */
export function open(topology: TopologyText): void {
  state.topology.value = topology;
  lastEdit = Number.NEGATIVE_INFINITY;
  void update({ opens: true, isNewEdit: false });
}

/** The text was edited by hand. */
export function editText(text: string): void {
  if (text === state.topology.value.text) return;
  state.topology.value = { ...state.topology.value, text };
  updateSoon();
}

let edits: Promise<void> = Promise.resolve();

/** One after the other, each on the result of the one before. */
export function editForm(edit: FormEdit): void {
  edits = edits.then(async () => {
    const before = state.topology.value;
    const after = await call("edit", before, edit);
    // Text that was typed meanwhile wins.
    if (state.topology.value === before) editText(after.text);
    else editForm(edit);
  });
}

export async function convertTo(format: "json" | "yaml"): Promise<void> {
  const before = state.topology.value;
  if (before.name.endsWith(`.${format}`)) return;
  const after = await call("convert", before, format);
  if (state.topology.value !== before) return;
  state.topology.value = after;
  updateSoon();
}

function updateSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const now = performance.now();
    const isNewEdit = now - lastEdit > pause;
    lastEdit = now;
    void update({ opens: false, isNewEdit });
  }, rest);
}

/** check -> what is shown now -> everything else. */
async function update(how: { readonly opens: boolean; readonly isNewEdit: boolean }): Promise<void> {
  clearTimeout(timer);
  const own = ++version;
  const checked = await call("check", state.topology.value, how);
  if (own !== version) return;
  setIfOther(state.diagnostics, checked.diagnostics);
  setIfOther(state.form, checked.form ?? state.form.value);
  state.isReadable.value = checked.form !== null;
  state.isStale.value = checked.cluster === null;
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
  changes: async () => {
    state.changes.value = await call("changes");
  },
};

export async function showView(view: state.View = state.view.value): Promise<void> {
  state.view.value = view;
  if (state.cluster.value !== null) await makers[view]();
}

/** Chooses a host in any view. */
export async function chooseHost(name: string): Promise<void> {
  await showGroup(name);
  await showView();
}
