/** A drain in words. Pure. */

import { columns } from "../base/columns.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import type { DirectorDrain, DrainOutcome, OpenConnections } from "./drain.ts";
import type { HandedOver } from "./hand-over.ts";

const titles: Readonly<Record<DrainOutcome, string>> = {
  drained: phrase`drained`,
  "already drained": phrase`already drained`,
  serving: phrase`has its weight again`,
  "already serving": phrase`was not drained`,
  stopped: phrase`not started: noted for its start`,
  failed: phrase`FAILED`,
  untouched: phrase`not touched`,
};

/** Of a host that noted its own drain, and is no real server. */
const ownTitles: Partial<Record<DrainOutcome, string>> = {
  serving: phrase`may have its addresses again`,
};

/** One line per director, with reason and remedy below it. */
export function drainText(
  directors: readonly DirectorDrain[],
  { label, isServer }: { readonly label: string; readonly isServer: boolean },
): string {
  const titleOf = ({ host, outcome }: DirectorDrain): string =>
    inLanguage((host === label && !isServer ? ownTitles[outcome] : undefined) ?? titles[outcome]);
  const heads = columns(directors.map((each) => [each.host, titleOf(each)]));
  const lines = directors.flatMap(({ words, remedy }, at) => [
    heads[at] ?? "",
    ...words
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `    ${line}`),
    ...(remedy === "" ? [] : [`    ${say`remedy: ${remedy}`}`]),
  ]);
  return `${lines.join("\n")}\n`;
}

/** `web1 has 12 open connections (lvs1 8, lvs2 4)` */
export function openText(server: string, counts: readonly OpenConnections[]): string {
  const total = counts.reduce((sum, { open }) => sum + (open ?? 0), 0);
  const each = counts.map(({ host, open }) => `${host} ${open ?? say`does not answer`}`).join(", ");
  return total === 1
    ? say`${server} has 1 open connection (${each})`
    : say`${server} has ${total} open connections (${each})`;
}

/** Who has the addresses that a director gave up: a line for each host. */
export function handedOverText(addresses: readonly HandedOver[]): string[] {
  const hosts = [...new Set(addresses.flatMap(({ host }) => host ?? []))];
  return hosts.map((host) => {
    const its = addresses.filter((each) => each.host === host).map(({ address }) => address);
    return say`${host} has ${its.join(", ")}`;
  });
}
