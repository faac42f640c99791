/** Settings of checks where no check uses them. */

import { say } from "../../languages/say.ts";
import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import { isCheck, isTiming } from "./checks.ts";
import { currentName, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

/** What only checks use has no effect where there is none, or where all say it themselves. */
export function tellTiming(
  block: readonly Statement[],
  below: readonly Statement[],
  checks: readonly HealthCheck[],
  notes: Notes,
): void {
  const hasPages = checks.some(({ type }) => type === "http" || type === "https");
  for (const statement of block) {
    const isOfPages = statement.keyword === "virtualhost";
    if (!isOfPages && !isTiming(statement.keyword)) continue;
    const isUsed = isOfPages ? hasPages : checks.length > 0;
    if (isUsed && !below.every((each) => saysItself(each, statement.keyword))) continue;
    notes.leftOut(
      statement.place,
      isUsed
        ? say`${shown(statement)} has no effect: what is checked has its own`
        : isOfPages
          ? say`${shown(statement)} has no effect without a check of a page`
          : say`${shown(statement)} has no effect without a check`,
      say`no change is needed`,
    );
  }
}

/** A server or a check that needs no default for the keyword. */
function saysItself({ keyword, block }: Statement, setting: string): boolean {
  const inside = block ?? [];
  if (inside.some((each) => currentName(each.keyword) === currentName(setting))) return true;
  const parts = inside.filter((each) => isCheck(each.keyword) || each.keyword === "url");
  const isAsked = keyword === "real_server" || (setting === "virtualhost" && parts.length > 0);
  return isAsked && parts.every((each) => saysItself(each, setting));
}
