/** What the files of several hosts say differently of one instance: a topology says it once for all hosts. */

import { listed } from "../../base/counted.ts";
import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Configuration } from "./configuration.ts";
import type { InstanceDraft } from "./instances.ts";

export interface Present {
  readonly instance: InstanceDraft;
  /** Which of the files. */
  readonly host: number;
}

/** Each has a phrase. */
type Aspect = readonly [name: string, of: (instance: InstanceDraft, file: Configuration) => unknown];

/** Where hosts differ in these, they ignore each other, or give up at other times. */
const weighty: readonly Aspect[] = [
  ["advert_int", ({ advertInterval }) => advertInterval ?? 1],
  ["unicast_peer", ({ peers }) => peers.length > 0],
  [phrase`what they track`, (instance, file) => trackedText(instance, file)],
  ["auth_pass", ({ password }) => password],
];

const others: readonly Aspect[] = [
  ["name", ({ name }) => name],
  [phrase`preempt or nopreempt`, ({ preempt }) => preempt],
  ["preempt_delay", ({ preemptDelay }) => preemptDelay?.seconds ?? 0],
  ["notify", ({ notifies }) => notifies.map(statementText).toSorted().join()],
  [
    phrase`garp_master settings`,
    ({ announcements }, { globals }) =>
      Object.entries({ ...globals.announcements, ...announcements })
        .map(([key, { words }]) => `${key} ${words[0]?.text}`)
        .toSorted()
        .join(),
  ],
  [
    phrase`prefix lengths`,
    ({ addresses }) =>
      addresses
        .map(({ ip, prefix }) => `${ip}/${prefix}`)
        .toSorted()
        .join(),
  ],
];

/** The first of them is the one whose settings all get. */
export function tellInstanceDifferences(
  present: readonly Present[],
  files: readonly Configuration[],
  notes: Notes,
): void {
  const [main, ...rest] = present.toSorted(byPriority);
  if (main === undefined) return;
  for (const { instance, host } of rest) {
    for (const [aspects, effect] of [[weighty, "traffic"] as const, [others, "other"] as const]) {
      const differing = aspects.filter(
        ([, of]) =>
          of(main.instance, files[main.host] as Configuration) !== of(instance, files[host] as Configuration),
      );
      if (differing.length > 0)
        notes.changed(
          instance.place,
          say`${instance.name} differs in ${listed(differing.map(([name]) => inLanguage(name)))} from ${main.instance.place.source.name}:${main.instance.place.line}: all hosts get what is there, as that host has the higher priority`,
          say`make the files alike, or correct the topology`,
          { effect },
        );
    }
  }
}

/** The highest priority first; keepalived's own is 100. */
export function byPriority(one: Present, other: Present): number {
  return (other.instance.priority?.number ?? 100) - (one.instance.priority?.number ?? 100);
}

function trackedText(
  { uses, interface: own, addresses }: InstanceDraft,
  { definitions }: Configuration,
): string {
  const watched = [own, ...addresses.map((address) => address.interface)];
  return uses
    .filter(({ kind, name }) => kind !== "interface" || !watched.includes(name))
    .map(({ kind, name, weight }) => {
      const defined = definitions.find((each) => each.kind === kind && each.name === name);
      return JSON.stringify([defined?.track ?? name, weight ?? defined?.weight ?? 0]);
    })
    .toSorted()
    .join();
}

export function statementText({
  keyword,
  words,
}: {
  keyword: string;
  words: readonly { text: string }[];
}): string {
  return [keyword, ...words.map(({ text }) => text)].join(" ");
}
