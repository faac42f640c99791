/** Order of test files: what takes minutes begins first, so that the workers end at about the same time. */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By what they take in the release tier, or in CI where that is longer; all others after them. */
const LONG = [
  "fleet/ansible.test.ts",
  "fleet/deploy.test.ts",
  "lab/endurance.test.ts",
  "lab/reboot.test.ts",
  "docs/pages.test.ts",
  "lab/examples/larger.test.ts",
  "lab/examples/keepalived.test.ts",
  "lab/high-availability.test.ts",
  "lab/seeds.test.ts",
  "lab/defects.test.ts",
  "lab/keepalived-kinds.test.ts",
  "lab/as-real-server.test.ts",
  "lab/generated.test.ts",
  "lab/keepalived-versions.test.ts",
  "shell/provision.test.ts",
  "lab/examples/dash.test.ts",
  "lab/topologies.test.ts",
  "render/matrix.test.ts",
  "lab/netns.test.ts",
  "web/edit.test.ts",
  "lab/old-hosts/old-hosts.test.ts",
  "web/take-away.test.ts",
  "lab/hardships.test.ts",
  "lab/examples/busybox.test.ts",
  "lab/examples/bash.test.ts",
  "lab/examples/yash.test.ts",
  "lint/shape.test.ts",
  "lab/promises.test.ts",
  "shell/openings.test.ts",
  "lab/openings.test.ts",
  "lab/reverse-path.test.ts",
  "lint/goldens.test.ts",
  "cli/pre-commit.test.ts",
  "cli/render-kill.test.ts",
  "web/files.test.ts",
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
