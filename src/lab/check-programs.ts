/** Programs that health checks run. The lab's directors see this machine's files: what is not here, no director has. */

import { isExecutable } from "../base/programs-on-path.ts";
import type { Cluster } from "../topology/model.ts";

/** @returns those that cannot be run here, each once */
export function missingCheckPrograms({ services }: Cluster): string[] {
  const programs = services.flatMap(({ healthCheck }) => healthCheck?.command ?? []);
  return [...new Set(programs)].filter((program) => !isExecutable(program));
}
