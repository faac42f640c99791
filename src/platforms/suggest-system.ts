/** The hint for an unknown operating system: the releases of its distribution, newest first. */

import { listed } from "../base/counted.ts";
import { closest, didYouMean } from "../base/suggest.ts";
import { unique } from "../base/unique.ts";
import { isOlder } from "../base/versions.ts";
import { say } from "../languages/say.ts";
import { type Packaging, platformTable } from "./platforms.ts";

type Release = Pick<Packaging, "distribution" | "release"> & { readonly id: string };

const releases: readonly Release[] = platformTable.map(({ platform: { id }, packaging }) => ({
  id,
  ...packaging,
}));

/** A hint. */
export function suggestSystem(word: string): string {
  const { name, number } = partsOf(word);
  const own = releases
    .filter(({ distribution }) => distribution === distributionOf(name))
    .toSorted((a, b) => (isOlder(a.release, b.release) ? 1 : -1));
  const [newest, ...older] = own;
  if (newest === undefined)
    return say`use a release of ${listed(namesOf(releases))}: for example "debian-12"`;
  const meant = releaseOf(number, own);
  if (meant !== undefined) return didYouMean(meant.id);
  if (number === "" || !isOlder(newest.release, number)) return say`choose one of: ${idsOf(own)}`;
  // A mirror would bring the packages of the older release.
  const take = say`${newest.id} is the newest known: use it, set "kernel" and "versions" to what the host has, and no packages.mirror`;
  return older.length === 0 ? take : say`${take}; older ones: ${idsOf(older)}`;
}

/** By its number, or one with a minor release behind it (9.6), without its dot (2404), or with the beginning alone (24). */
function releaseOf(number: string, own: readonly Release[]): Release | undefined {
  const [begun, ...others] = own.filter(({ release }) => release.startsWith(`${number}.`));
  return (
    own.find(({ release }) => number === release || number.startsWith(`${release}.`)) ??
    own.find(({ release }) => number === release.replace(".", "")) ??
    (others.length === 0 ? begun : undefined)
  );
}

function idsOf(of: readonly Release[]): string {
  return listed(of.map(({ id }) => id));
}

function namesOf(of: readonly Release[]): string[] {
  return unique(of.map(({ distribution }) => distribution.name));
}

/** `CentOS 7`, `centos7` and `centos-7.9` are centos and a number; what follows the number says no more. */
function partsOf(word: string): { readonly name: string; readonly number: string } {
  const [, name = "", number = ""] = /^([^0-9]*)([0-9]+(?:\.[0-9]+)*)?/.exec(word) ?? [];
  return { name: lettersOf(name), number };
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

/** By its name or title; the beginning of one, or more than one (`centos-stream-10`); or a misspelt one. */
function distributionOf(name: string): Release["distribution"] | null {
  if (name === "") return null;
  const all = unique(releases.map(({ distribution }) => distribution));
  const wordsOf = (of: Release["distribution"]) => [of.name, lettersOf(of.title)];
  const near = closest(name, all.flatMap(wordsOf));
  const named = (matches: (word: string) => boolean) => all.find((of) => wordsOf(of).some(matches));
  return (
    named((word) => word === name) ??
    (name.length < 3 ? undefined : named((word) => word.startsWith(name) || name.startsWith(word))) ??
    named((word) => word === near) ??
    null
  );
}
