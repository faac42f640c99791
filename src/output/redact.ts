/** Files without secrets, for a terminal, a log or a review. */

import type { Artifact } from "../render/artifact.ts";

/** Where keepalived.conf and bird.conf hold a password. */
const passwordLine = /^(\s*(?:auth_pass|password))\s+.*$/gm;

/** A text without its passwords. */
export function redact(text: string, instead = "(secret)"): string {
  return text.replace(passwordLine, `$1 ${instead}`);
}

/** Whether a file has a password. */
export function isRedacted({ text }: Artifact): boolean {
  return redact(text) !== text;
}

/** Two texts to compare, without their passwords but with the fact that they differ. */
export function redactBoth(before: string, after: string): [string, string] {
  const words = (text: string) => (text.match(passwordLine) ?? []).map((line) => line.trim()).join("\n");
  const isAnother = words(before) !== "" && words(before) !== words(after);
  return [redact(before), redact(after, isAnother ? "(another secret)" : undefined)];
}
