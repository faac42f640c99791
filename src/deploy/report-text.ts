/** A deployment's report for people. Pure. */

import { type HostReport, isFailed, type Outcome } from "./report.ts";

const titles: Readonly<Record<Outcome, string>> = {
  done: "done",
  unchanged: "nothing to change",
  differs: "would change",
  untouched: "not touched",
  failed: "FAILED half-way",
  undone: "undone",
  unknown: "UNKNOWN",
};

/** One line per host, with reason and remedy below it. */
export function reportText(reports: readonly HostReport[]): string {
  const width = Math.max(...reports.map(({ host }) => host.length));
  return reports
    .map((each) => {
      const below = [...each.words.split("\n"), ...(each.remedy === "" ? [] : [`remedy: ${each.remedy}`])];
      const lines = below.filter((line) => line !== "").map((line) => `    ${line}`);
      return [`${each.host.padEnd(width)}  ${titles[each.outcome]}`, ...lines].join("\n").concat("\n");
    })
    .join("");
}

/** What a dry run found: diffs for `patch` and eyes, what else would change as comments between them. */
export function dryRunText(reports: readonly HostReport[]): string {
  return reports
    .filter(({ outcome }) => outcome === "differs")
    .map(({ host, wants, diff }) => `${wants.map((line) => `# ${host}: would ${line}\n`).join("")}${diff}`)
    .join("");
}

/** After a roll-out that stopped: who is where, and how to go on. Empty after one that did not. */
export function howToGoOn(reports: readonly HostReport[], command: string, options: string): string {
  const failed = reports.filter(isFailed);
  if (failed.length === 0) return "";
  const named = (...outcomes: Outcome[]): string[] =>
    reports.filter((each) => outcomes.includes(each.outcome) && !isFailed(each)).map(({ host }) => host);
  const done = named("done");
  const waiting = named("untouched", "differs");
  const begun = failed.some(({ outcome }) => outcome !== "untouched") || done.length > 0;
  const hosts = (names: readonly string[]): string => names.map((name) => ` --host ${name}`).join("");
  return [
    `stopped because of ${failed.map(({ host }) => host).join(", ")}: ${begun ? `changed: ${done.join(", ") || "no other host"}; not begun: ${waiting.join(", ") || "none"}` : "no host was changed"}`,
    `Fix this and run the same command again: hosts that are done stay as they are.`,
    ...(waiting.length > 0 && !begun
      ? [`Or deploy to the others: ${command}${options}${hosts(waiting)}`]
      : []),
    ...(done.length > 0 ? [`Or roll back: ${command} --rollback${hosts(done)}`] : []),
  ].join("\n");
}
