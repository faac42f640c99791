/** Puts rendered scripts where the lab takes them from. */

import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filling, temporaryFolder } from "../base/temporary-folder.ts";
import type { Artifact } from "../render/artifact.ts";
import { LabBroken } from "./backends/backend.ts";

export interface PreparedScripts {
  /** Folder with `<host>/lvs_dr.sh` and `<host>/lvs_rs.sh`. */
  readonly folder: string;
  readonly clean: () => void;
}

/** Writes what would be shipped to a folder of its own. */
export function prepareScripts(artifacts: Iterable<Artifact>): PreparedScripts {
  const { path: folder, remove } = temporaryFolder("lvsgen-lab-scripts-");
  try {
    filling(folder, () => {
      for (const { path, text, mode } of artifacts) {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode });
      }
    });
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, clean: remove };
}

/**
 * Path of the bundled in-kernel runner.
 *
 * @throws LabBroken when lvsgen was not built
 */
export function guestPath(): string {
  const candidates = [
    join(import.meta.dirname, "lab-guest.js"),
    join(import.meta.dirname, "../../dist/lab-guest.js"),
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new LabBroken("dist/lab-guest.js is not there: npm run build");
  return realpathSync(found);
}
