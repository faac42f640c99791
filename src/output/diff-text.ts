/** A change of a file as a unified diff, as `git diff` and `patch` know it. */

import { createTwoFilesPatch } from "diff";
import type { FileChange } from "./compare.ts";

export function diffText({ path, kind, before, after }: FileChange): string {
  const from = kind === "create" ? "/dev/null" : `a/${path}`;
  const to = kind === "remove" ? "/dev/null" : `b/${path}`;
  const patch = createTwoFilesPatch(from, to, before ?? "", after?.text ?? "", undefined, undefined, {
    context: 3,
  });
  // The library draws a line above each patch, which is not part of the format.
  return patch.replace(/^=+\n/, "");
}
