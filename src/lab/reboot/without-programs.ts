/** What keepalived does in a machine that has none of the user's programs. */

import type { KeepalivedResource, VrrpInstance } from "../../plan/resources.ts";

/** Instances whose addresses come. Where a track looks at a program, the host gives up. */
export function comingInstances({ instances }: KeepalivedResource): VrrpInstance[] {
  return instances.filter(
    ({ tracks = [] }) => !tracks.some(({ by, weight }) => by === "script" && weight === null),
  );
}
