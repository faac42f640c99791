/** What a host's script reported. Pure. */

export interface HostAnswer {
  readonly parts: ReadonlyMap<string, string>;
  /** Why the host failed, and its state now; null: it did not fail. */
  readonly failed: { readonly state: HostState; readonly words: string } | null;
}

/** The state after a failure: nothing changed, changed half-way, or back at the previous version. */
export type HostState = "untouched" | "changed" | "undone";

const states: readonly string[] = ["untouched", "changed", "undone"] satisfies HostState[];

/**
 * Each part has its length before it. Output of a login shell before the report is skipped.
 *
 * @returns null if the report is missing or incomplete
 */
export function parseAnswer(output: Uint8Array): HostAnswer | null {
  const bytes = Buffer.from(output);
  const parts = new Map<string, string>();
  let at = beginOf(bytes);
  while (at >= 0) {
    const end = bytes.indexOf("\n", at);
    const [, name, size] = /^@([\w.-]+) (\d+)$/.exec(bytes.toString("utf8", at, Math.max(at, end))) ?? [];
    if (name === undefined || size === undefined) return null;
    if (name === "end") return { parts, failed: failureOf(parts.get("failed")) };
    at = end + 1 + Number(size);
    if (at > bytes.length) return null;
    parts.set(name, bytes.toString("utf8", end + 1, at));
  }
  return null;
}

const BEGIN = "@lvsgen-deploy\n";

function beginOf(bytes: Buffer): number {
  const found = bytes.indexOf(BEGIN);
  return found < 0 ? -1 : found + BEGIN.length;
}

function failureOf(text: string | undefined): HostAnswer["failed"] {
  if (text === undefined) return null;
  const [state = "", ...words] = text.trimEnd().split("\n");
  return {
    state: states.includes(state) ? (state as HostState) : "changed",
    words: words.filter((line) => line !== "").join("\n"),
  };
}

/** A part whose first line is an exit status. */
export function statusPart(text: string): { readonly code: number; readonly said: string } {
  const end = text.indexOf("\n");
  return { code: Number(text.slice(0, end)), said: text.slice(end + 1) };
}
