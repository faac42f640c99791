/** A change of a file as a unified diff, for `git diff` and `patch`; without passwords. */

import { createTwoFilesPatch } from "diff";
import type { FileChange } from "./compare.ts";
import { redactBoth } from "./redact.ts";

export function diffText({ path, kind, before, after }: FileChange): string {
  const from = kind === "create" ? "/dev/null" : `a/${path}`;
  const to = kind === "remove" ? "/dev/null" : `b/${path}`;
  const [shownBefore, shownAfter] = redactBoth(before ?? "", after?.text ?? "");
  const patch = createTwoFilesPatch(from, to, shownBefore, shownAfter, undefined, undefined, {
    context: 3,
  });
  // The library draws a line above each patch, which is not part of the format.
  return patch.replace(/^=+\n/, "");
}
