/** What the in-kernel runner reports, one JSON object a line. */

export interface CheckEvent {
  readonly type: "check";
  readonly scenario: string;
  readonly host: string;
  /** A sentence that is true when the check passes. */
  readonly name: string;
  readonly ok: boolean;
  /** The figure measured, e.g. `10/10`. */
  readonly figure: string;
  /** On failure: state and output, enough to act on. */
  readonly detail: string;
}

/** What a run does not try, and why: it has neither passed nor failed. */
export interface OmissionEvent {
  readonly type: "not-tried";
  readonly scenario: string;
  readonly host: string;
  /** What would have been proven. */
  readonly name: string;
  readonly reason: string;
}

export type LabEvent =
  | {
      readonly type: "started";
      readonly kernel: string;
      readonly hosts: number;
      readonly milliseconds: number;
    }
  /** The kernel came up. */
  | { readonly type: "booted" }
  /** Something of the run itself that people should know, in one line. */
  | { readonly type: "note"; readonly text: string }
  | {
      readonly type: "scenario";
      readonly scenario: string;
      readonly state: "begin" | "end";
      /** Of this share alone. */
      readonly milliseconds: number;
      /** Parts that it was divided into; each begins and ends. */
      readonly shares: number;
    }
  | { readonly type: "progress"; readonly scenario: string; readonly text: string }
  | CheckEvent
  | OmissionEvent
  /** All scenarios are done, the scripts are started, and the lab stays until it is ended. */
  | { readonly type: "kept"; readonly door: string; readonly hosts: readonly string[] }
  /** The same, with a shell for somebody, until it ends. */
  | { readonly type: "shell" }
  /** The runner itself broke: not a verdict on the scripts. */
  | { readonly type: "error"; readonly message: string }
  | { readonly type: "finished"; readonly milliseconds: number };

/** Parses one line; a line that is no event (a kernel's stray message) is null. */
export function parseEvent(line: string): LabEvent | null {
  const text = line.trim();
  if (!text.startsWith("{")) return null;
  try {
    return JSON.parse(text) as LabEvent;
  } catch {
    return null;
  }
}
