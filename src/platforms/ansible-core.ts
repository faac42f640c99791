/** Which ansible-core can manage a host: its modules need a Python that the release supports. */

import { isOlder } from "../base/versions.ts";
import type { Platform } from "./platform.ts";

interface Release {
  readonly version: string;
  /** Oldest Python 3 that it runs on hosts. */
  readonly python3: string;
  /** Whether it runs on hosts with Python 2.7. */
  readonly python2: boolean;
}

/** "ansible-core support matrix" of docs.ansible.com: target Python by release, oldest first. 2.21's is 2.20's. */
const releases: readonly Release[] = [
  { version: "2.14", python3: "3.5", python2: true },
  { version: "2.15", python3: "3.5", python2: true },
  { version: "2.16", python3: "3.6", python2: true },
  { version: "2.17", python3: "3.7", python2: false },
  { version: "2.18", python3: "3.8", python2: false },
  { version: "2.19", python3: "3.8", python2: false },
  { version: "2.20", python3: "3.9", python2: false },
  { version: "2.21", python3: "3.9", python2: false },
];

/** The oldest release that rendered playbooks support. */
export const oldestAnsible = "2.14";

/**
 * The newest ansible-core that can manage a host with this Python: `none` if no release from 2.14 on can, `any` if all
 * known releases can.
 */
export function newestAnsible({ python }: Platform): string {
  const known = newestFor.get(python) ?? findNewest(python);
  newestFor.set(python, known);
  return known;
}

/** By Python: asked for every host, and there are a dozen. */
const newestFor = new Map<string, string>();

function findNewest(python: string): string {
  const fitting = releases.filter((release) => runsOn(release, python));
  const newest = fitting.at(-1);
  if (newest === undefined) return "none";
  return newest === releases.at(-1) ? "any" : newest.version;
}

function runsOn({ python3, python2 }: Release, python: string): boolean {
  return python.startsWith("2.") ? python2 && !isOlder(python, "2.7") : !isOlder(python, python3);
}
