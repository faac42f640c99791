/** A roll in words. Pure. */

import { columns } from "../../base/columns.ts";
import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { RollHost } from "./plan-roll.ts";
import type { RolledHost, RollOutcome } from "./report.ts";

const titles: Readonly<Record<RollOutcome, string>> = {
  planned: phrase`planned`,
  done: phrase`done`,
  "done before": phrase`done before`,
  failed: phrase`FAILED`,
  interrupted: phrase`interrupted: in service again`,
  untouched: phrase`not begun`,
};

/** One line per host, with the reason below it. */
export function rolledText(hosts: readonly RolledHost[]): string {
  const heads = columns(hosts.map(({ host, outcome, drained }) => [host, titleOf(outcome, drained)]));
  const lines = hosts.flatMap(({ words }, at) => [
    heads[at] ?? "",
    ...words
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `    ${line}`),
  ]);
  return `${lines.join("\n")}\n`;
}

function titleOf(outcome: RollOutcome, drained: boolean): string {
  const title = inLanguage(titles[outcome]);
  return drained ? say`${title}, drained` : title;
}

/** The order, a line per host: hosts with one number are rolled at once. */
export function orderText(waves: readonly (readonly RollHost[])[]): string {
  const rows = waves.flatMap((wave, at) => wave.map((host) => [`${at + 1}`, host.name, stepText(host)]));
  return `${columns(rows).join("\n")}\n`;
}

function stepText({ target, isMaster }: RollHost): string {
  if (target === null) return say`nothing sends to it: no drain`;
  if (target.shared.length === 0) return say`real server: weight 0 on ${target.noting.join(", ")}`;
  return isMaster ? say`gives its addresses to another host` : say`backup: takes no addresses meanwhile`;
}
