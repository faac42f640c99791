/** Whether a host has a feature, by its operating system and its versions in the topology. */

import { isOlder } from "../base/versions.ts";
import { inLanguage, say } from "../languages/say.ts";
import { type Feature, type FeatureName, features } from "../platforms/features.ts";
import type { Platform } from "../platforms/platform.ts";
import type { Engine, Host } from "../topology/model.ts";

/** What a gate looks at. */
export interface GatedHost extends Pick<Host, "name" | "kernel"> {
  readonly platform: Pick<
    Platform,
    "title" | "ipvsadm" | "iproute2" | "keepalived" | "lacks" | "backports" | "unknown"
  >;
}

/**
 * @param engine whose tool sets the feature up: with keepalived, ipvsadm's version does not matter, and the other way round
 * @returns why the host lacks the feature, in a sentence without a full stop; undefined if it has it.
 * What is unknown counts as lacking.
 */
export function unavailable(
  name: FeatureName,
  host: GatedHost,
  engine: Engine = "ipvsadm",
): string | undefined {
  const feature: Feature = features[name];
  return notBuilt(name, host) ?? tooOld(name, host, feature, engine) ?? lost(name, host, feature, engine);
}

function notBuilt(name: FeatureName, { name: host, platform }: GatedHost): string | undefined {
  if (platform.lacks.includes(name)) {
    return say`${inLanguage(name)} is not in the kernel packages of ${platform.title} (${host})`;
  }
  if (platform.unknown.includes(name)) {
    return say`unknown whether the kernel packages of ${platform.title} (${host}) have ${inLanguage(name)}`;
  }
  return undefined;
}

function tooOld(name: FeatureName, host: GatedHost, feature: Feature, engine: Engine): string | undefined {
  const { platform } = host;
  const programs = [
    {
      program: say`kernel`,
      has: host.kernel,
      needs: platform.backports.includes(name) ? null : feature.kernel,
    },
    { program: engine, has: platform[engine], needs: feature[engine] },
    { program: "iproute2", has: platform.iproute2, needs: feature.iproute2 },
  ];
  for (const { program, has, needs } of programs) {
    if (needs === null) continue;
    const place = placeOf(host);
    const what = inLanguage(name);
    if (has === null) return say`${what} needs ${program} ${needs}; the version on ${place} is unknown`;
    if (isOlder(has, needs)) return say`${what} needs ${program} ${needs}; ${place} has ${has}`;
  }
  return undefined;
}

function lost(name: FeatureName, host: GatedHost, feature: Feature, engine: Engine): string | undefined {
  const { keepalivedLacks: range } = feature;
  if (range === null || engine !== "keepalived") return undefined;
  const { from, to } = range;
  const { keepalived: has } = host.platform;
  const [place, what] = [placeOf(host), inLanguage(name)];
  if (has === null)
    return say`keepalived from ${from} to ${to} does not have ${what}; the version on ${place} is unknown`;
  if (isOlder(has, from) || isOlder(to, has)) return undefined;
  return say`keepalived from ${from} to ${to} does not have ${what}; ${place} has ${has}`;
}

function placeOf({ name, platform }: GatedHost): string {
  return `${name} (${platform.title})`;
}
