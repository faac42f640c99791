/** Sysctls, and flags of devices: lines `path:value` are written as they are. */

import { quoteWord } from "../../../base/quote-word.ts";
import type { Difference } from "./difference.ts";

export function sysctlWrites(difference: Difference): string[] {
  return difference.missing("sysctls").map((line) => {
    const end = line.indexOf(":");
    return `echo ${quoteWord(line.slice(end + 1))} >${line.slice(0, end)}`;
  });
}
