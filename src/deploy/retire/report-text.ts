/** For people: what taking lvsgen off did. Pure. */

import { printable } from "../../base/printable.ts";
import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { RetiredHost, RetireOutcome } from "./report.ts";

const titles: Readonly<Record<RetireOutcome, string>> = {
  done: phrase`done`,
  nothing: phrase`has nothing of lvsgen`,
  found: phrase`would change`,
  untouched: phrase`not touched`,
  failed: phrase`FAILED half-way`,
  unknown: phrase`UNKNOWN`,
};

/** One line per host, with reason, remedy and, of a dry run, its steps below it. */
export function retireText(hosts: readonly RetiredHost[]): string {
  const width = Math.max(...hosts.map(({ host }) => host.length));
  return hosts
    .map((each) => {
      const below = [
        ...each.words.split("\n"),
        ...(each.outcome === "found" ? each.steps.map((step) => say`would ${step}`) : []),
        ...(each.remedy === "" ? [] : [say`remedy: ${each.remedy}`]),
      ];
      const lines = below.filter((line) => line !== "").map((line) => `    ${printable(line)}\n`);
      return `${each.host.padEnd(width)}  ${inLanguage(titles[each.outcome])}\n${lines.join("")}`;
    })
    .join("");
}

/** Why not all hosts are done, and how to go on; null if they are. */
export function whyNotAll(hosts: readonly RetiredHost[], whole: string, others: string): string | null {
  const named = (outcome: RetireOutcome): string[] =>
    hosts.filter((each) => each.outcome === outcome && !each.isCause).map(({ host }) => host);
  const causes = hosts.filter(({ isCause }) => isCause);
  const [done, left] = [named("done"), named("untouched")];
  if (causes.length === 0)
    return left.length === 0
      ? null
      : say`interrupted; not begun: ${left.join(", ")}. Run the same command to continue.`;
  const names = causes.map(({ host }) => host).join(", ");
  const begun = done.length > 0 || causes.some(({ outcome }) => outcome !== "untouched");
  if (begun)
    return say`stopped because of ${names}: done: ${done.join(", ") || "-"}; not begun: ${left.join(", ") || "-"}
Fix this and run the same command again: it goes on from there.`;
  const advice = say`stopped because of ${names}: no host was changed
Fix this and run the same command again.`;
  return left.length === 0
    ? advice
    : `${advice}\n${say`Or leave it out: ${whole}${left.map((name) => others + name).join("")}`}`;
}
