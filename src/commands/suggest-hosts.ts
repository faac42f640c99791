/** A topology's hosts, for completion. */

import { checkFile } from "./check-file.ts";

/** None if the file cannot be read, or has none. */
export async function hostNames(file: string | undefined): Promise<readonly string[]> {
  // Standard input is the terminal.
  if (file === undefined || file === "-") return [];
  try {
    const { cluster } = await checkFile(file);
    return cluster === null ? [] : [...cluster.hosts.keys()];
  } catch {
    return [];
  }
}
