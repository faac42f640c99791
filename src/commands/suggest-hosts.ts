/** A topology's hosts, for completion. */

import { checkFile } from "./check-file.ts";

/** None where the file cannot be read, or names none. */
export async function hostNames(file: string | undefined): Promise<readonly string[]> {
  // Whoever completes words types on standard input.
  if (file === undefined || file === "-") return [];
  try {
    const { cluster } = await checkFile(file);
    return cluster === null ? [] : [...cluster.hosts.keys()];
  } catch {
    return [];
  }
}
