/** Rolls hosts in waves, and stops after the first wave in which one fails. */

import { inParallel } from "../../base/in-parallel.ts";
import { say } from "../../languages/say.ts";
import { clusterStatus } from "../status.ts";
import { lossesBy } from "./losses.ts";
import { labelsOf, type RollHost } from "./plan-roll.ts";
import type { RolledHost } from "./report.ts";
import { type Rolling, rollHost } from "./roll-host.ts";

/** @param waves hosts at once, in order */
export async function roll(waves: readonly (readonly RollHost[])[], rolling: Rolling): Promise<RolledHost[]> {
  const rolled: RolledHost[] = [];
  for (const [at, wave] of waves.entries()) {
    const step = at + 1;
    const isOver = rolling.signal.aborted || rolled.some(({ outcome }) => outcome === "failed");
    const endings = isOver ? wave.map((host) => untouched(host, "")) : await rollWave(wave, rolling);
    rolled.push(...endings.map((ending) => ({ ...ending, step })));
  }
  return rolled;
}

/** A server may have failed since the roll was planned. */
async function rollWave(
  wave: readonly RollHost[],
  rolling: Rolling,
): Promise<readonly Omit<RolledHost, "step">[]> {
  const targets = new Map(
    wave.flatMap(({ target }) => (target === null ? [] : [[target.label, target] as const])),
  );
  const names = new Set([...targets.values()].flatMap(({ asked }) => asked));
  const asked = rolling.remotes.filter(({ name }) => names.has(name));
  const now = await clusterStatus(asked, asked.length, () => {});
  const lost = lossesBy(rolling.cluster, targets, now)(labelsOf(wave));
  if (lost.length > 0)
    return wave.map((host) => ({
      ...untouched(host, say`without it nobody answers at ${lost.join(", ")} now`),
      outcome: "failed",
    }));
  const endings = await inParallel(wave, wave.length, (host) => rollHost(host, rolling));
  return endings.flatMap((ending) => ending ?? []);
}

function untouched({ name }: RollHost, words: string): Omit<RolledHost, "step"> {
  return { host: name, outcome: "untouched", drained: false, code: null, words };
}
