/** Files as they may be shown: on a terminal, in a log, in a review. */

import type { Artifact } from "../render/artifact.ts";

/** Where keepalived.conf holds a password (keepalived.conf(5)). */
const passwordLine = /^(\s*auth_pass)\s+.*$/gm;

/** A text without its passwords. */
export function redact(text: string, instead = "(secret)"): string {
  return text.replace(passwordLine, `$1 ${instead}`);
}

/** Whether a file is shown otherwise than it is written. */
export function isRedacted({ text }: Artifact): boolean {
  return redact(text) !== text;
}

/** Two texts to compare: where their passwords differ, that can be seen, and neither of them. */
export function redactBoth(before: string, after: string): [string, string] {
  const words = (text: string) => (text.match(passwordLine) ?? []).map((line) => line.trim()).join("\n");
  const isAnother = words(before) !== "" && words(before) !== words(after);
  return [redact(before), redact(after, isAnother ? "(another secret)" : undefined)];
}
