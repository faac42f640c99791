/** Order of test files: what takes minutes begins first, so that the workers end at about the same time. */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Longest first; all others after them. */
const LONG = [
  "lab/reboot.test.ts",
  "docs/pages.test.ts",
  "fleet/deploy.test.ts",
  "lab/examples/larger.test.ts",
  "lab/keepalived-kinds.test.ts",
  "lab/high-availability.test.ts",
  "lab/examples/keepalived.test.ts",
  "lab/as-real-server.test.ts",
  "lab/generated.test.ts",
  "lab/defects.test.ts",
  "lab/examples/dash.test.ts",
  "lab/seeds.test.ts",
  "lab/examples/bash.test.ts",
  "lab/examples/busybox.test.ts",
  "fleet/fleet.test.ts",
  "lab/endurance.test.ts",
  "package/package.test.ts",
  "web/files.test.ts",
  "lab/netns.test.ts",
  "lab/hardships.test.ts",
  "lab/promises.test.ts",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((name) => moduleId.endsWith(name));
  return place < 0 ? LONG.length : place;
}
