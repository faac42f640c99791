/** Everything that the page shows. */

import { computed, signal } from "@preact/signals";
import type { FormModel } from "../form/form-model.ts";
import type { Key } from "../i18n/en.ts";
import type { TopologyText } from "../topology-text.ts";
import type {
  Calls,
  ClusterSummary,
  Drawn,
  FileContent,
  FileGroup,
  NextSteps,
  PageDiagnostic,
} from "../worker/protocol.ts";
import { beginHistory, type History } from "./history.ts";
import { remembered } from "./memory.ts";

/** In the order of their tabs: what a person sees at the first visit comes first. */
export const views = ["picture", "plan", "files", "steps", "changes"] as const;

export type View = (typeof views)[number];

export const history = signal<History>(beginHistory({ text: "", name: "topology.yaml" }));
/** The text in the editor. */
export const topology = computed<TopologyText>(() => history.value.now.topology);
/** Counts steps through the history, which end what is being typed in fields. */
export const travels = signal(0);
/** Counts edits that were not made or were undone: what was chosen goes back to the topology's value. */
export const redraws = signal(0);
export const diagnostics = signal<readonly PageDiagnostic[]>([]);
/** From the last text that could be read. */
export const form = signal<FormModel | null>(null);
export const isReadable = signal(true);
/** From the last topology without errors; null until there is one. */
export const cluster = signal<ClusterSummary | null>(null);
/** The results on the right are older than the text on the left. */
export const isStale = signal(false);

export const side = signal<"form" | "text">("form");
export const view = signal<View>(views.find((each) => each === remembered("view")) ?? "picture");
/** A phone shows one of the two. */
export const phonePart = signal<"edit" | "result">("edit");

/** The host whose files and plan are shown, or the Ansible folder. */
export const groupName = signal("");
export const group = signal<FileGroup | null>(null);
export const file = signal<FileContent | null>(null);
/** Groups with a file that the last edit changed. */
export const changedGroups = signal<ReadonlySet<string>>(new Set());
export const drawn = signal<Drawn | null>(null);
export const plan = signal("");
export const steps = signal<NextSteps | null>(null);
export const changes = signal<ReturnType<Calls["changes"]>>(null);

/** Something that just happened, with ways on. */
export interface Notice {
  readonly key: Key;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly actions?: readonly { readonly key: Key; readonly run: () => void }[];
  /** It speaks of the last step, and so goes at the next one. */
  readonly isOfStep?: boolean;
  readonly isError?: boolean;
}

export const notice = signal<Notice | null>(null);

export const counts = computed(() => {
  const errors = diagnostics.value.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: diagnostics.value.length - errors };
});

/** By JSON pointer, for fields of the form. */
export const diagnosticsByPointer = computed(() => {
  const all = new Map<string, PageDiagnostic[]>();
  for (const each of diagnostics.value) all.set(each.pointer, [...(all.get(each.pointer) ?? []), each]);
  return all;
});
