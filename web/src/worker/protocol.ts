/** Messages between the page and its worker. All of lvsgen itself runs in the worker. */

import type { Comparison } from "../../../src/diff/compare-clusters.ts";
import type { Diagnostic } from "../../../src/topology/diagnostics.ts";
import type { Refusal } from "../form/apply-edit.ts";
import type { FormEdit } from "../form/form-edit.ts";
import type { FormModel } from "../form/form-model.ts";
import type { Language } from "../i18n/words.ts";
import type { Origin } from "../state/history.ts";
import type { TopologyText } from "../topology-text.ts";

export interface PageDiagnostic extends Diagnostic {
  /** What the hint says was meant: another value at the path, or another key. */
  readonly correction?: {
    readonly path: readonly (string | number)[];
    readonly to: string;
    readonly isKey: boolean;
  };
}

export interface Checked {
  readonly diagnostics: readonly PageDiagnostic[];
  /** null if the text cannot be read at all. */
  readonly form: FormModel | null;
  /** null if there is any error: the results from before stay. */
  readonly cluster: ClusterSummary | null;
  /** false if there are none from before either. */
  readonly hasResults: boolean;
}

export interface ClusterSummary {
  readonly name: string;
  /** In the topology's order. */
  readonly hosts: readonly string[];
}

/** Files of one host, or of the Ansible project. */
export interface FileGroup {
  /** The folder below out/. */
  readonly name: string;
  readonly files: readonly FileEntry[];
}

export interface FileEntry {
  /** Below out/, e.g. `pi1/lvs_dr.sh`. */
  readonly path: string;
  readonly isChanged: boolean;
}

export interface FileContent {
  readonly path: string;
  readonly text: string;
  readonly marks: LineMarks;
}

/** What the last edit changed in a file, by line numbers from 0. */
export interface LineMarks {
  /** Added or changed lines. */
  readonly changed: readonly number[];
  /** Lines before which some were removed; the number of lines if the last ones were. */
  readonly removedBefore: readonly number[];
}

export interface Drawn {
  readonly svg: string;
  /** The picture in words. */
  readonly description: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly counts: Readonly<Record<"directors" | "services" | "servers", number>>;
}

/** From files to a running cluster. */
export interface NextSteps {
  /** The cluster's, which the zip has, too. */
  readonly name: string;
  /** In the order in which it is safe to set them up. */
  readonly hosts: readonly HostSteps[];
  /** Commands that show whether services answer. */
  readonly requests: readonly string[];
}

export interface HostSteps {
  readonly name: string;
  readonly isDirector: boolean;
  /** Lines of shell for the machine with the files, in their order. */
  readonly commands: Readonly<Record<"copy" | "install" | "check" | "undo", string>>;
}

export interface ImportSource {
  readonly name: string;
  readonly text: string;
}

/** What an import was given, and how much came of it. */
export interface Found {
  readonly sources: readonly {
    readonly name: string;
    readonly kind: "topology" | "keepalived" | "ipvsadm" | "ldirectord" | "script" | "unknown";
  }[];
  /** null if the import failed. */
  readonly counts: { readonly hosts: number; readonly services: number; readonly servers: number } | null;
}

export interface ImportResult {
  /** null if the import failed. */
  readonly topology: TopologyText | null;
  readonly notes: readonly {
    readonly severity: "error" | "warning";
    readonly code: string;
    readonly place: string;
    readonly message: string;
    readonly hint: string;
  }[];
  readonly found: Found;
}

/** The page's calls. Each gets an answer, in the order of the calls. */
export interface Calls {
  /** `origin`: what changes compare with; another one ends all marks. `isNewEdit`: marks compare with now. */
  check(topology: TopologyText, how: { readonly origin: Origin; readonly isNewEdit: boolean }): Checked;
  draw(): Drawn;
  /** A picture of a topology that is not open; null if it has errors. */
  preview(topology: TopologyText): string | null;
  /** All files of one group; null if there is no such group. */
  group(name: string): FileGroup | null;
  /** Files of all groups. Ends early with null when a newer topology is waiting. */
  groups(): FileGroup[] | null;
  file(path: string): FileContent | null;
  plan(host: string): string;
  steps(): NextSteps;
  /** One line of shell that unpacks and installs a host's files there. */
  paste(host: string): string;
  changes(): { readonly comparison: Comparison; readonly text: string } | null;
  /** A group's files, or with null all that `lvsgen render` writes; beside them the topology that they are from. */
  zip(group: string | null, withTopology: boolean): Uint8Array<ArrayBuffer>;
  /** `refusal`: why the topology stays as it is, or null. */
  edit(
    topology: TopologyText,
    edit: FormEdit,
  ): { readonly topology: TopologyText; readonly refusal: Refusal | null };
  convert(topology: TopologyText, to: "json" | "yaml"): TopologyText;
  /** `count`: how many passwords were left out. */
  withoutSecrets(topology: TopologyText): { readonly topology: TopologyText; readonly count: number };
  import(sources: readonly [ImportSource, ...ImportSource[]]): ImportResult;
}

export type Method = keyof Calls;

export interface Request {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
  /** What the answer's texts are in. */
  readonly language: Language;
}

/** The worker's first message, when it holds the lock of its name; none where browsers have no locks. */
export const aliveMessage = "alive";

/** A worker that is not busy answers a ping at once. */
export const pingMessage = "ping";
export const pongMessage = "pong";

export type Response =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };
