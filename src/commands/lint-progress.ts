/** lint as commands run it: a line on the terminal says how far it is. */

import { ProgressLine } from "../base/progress-line.ts";
import { say } from "../languages/say.ts";
import type { ShellcheckCommand } from "../lint/find-shellcheck.ts";
import type { Finding } from "../lint/finding.ts";
import type { FindingsCache } from "../lint/findings-cache.ts";
import { lintFiles } from "../lint/lint-files.ts";
import { progressStream } from "./streams.ts";

/** @throws what {@link lintFiles} does */
export async function lintWithProgress(
  files: readonly string[],
  shellcheck: ShellcheckCommand,
  cache: FindingsCache,
): Promise<Finding[]> {
  const line = new ProgressLine(progressStream());
  try {
    return await lintFiles(files, shellcheck, cache, (done, total) =>
      line.show(say`shellcheck: ${done} of ${total} scripts`),
    );
  } finally {
    line.clear();
  }
}
