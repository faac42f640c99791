/** The folder of one run, which the lab's kernel sees, too. */

import { type TemporaryFolder, temporaryFolder } from "../../base/temporary-folder.ts";
import { LabBroken } from "./backend.ts";

/** Every kernel, and every host in one, has file systems of its own over these. */
const COVERED = /^\/(dev|proc|run|sys)(\/|$)/;

/** @throws LabBroken, or TemporaryFault, if TMPDIR cannot be used */
export function runFolder(): TemporaryFolder {
  const folder = temporaryFolder("lvsgen-lab-");
  if (!COVERED.test(folder.path)) return folder;
  folder.remove();
  throw new LabBroken(
    `the lab's hosts have a /dev and a /run of their own, which hide ${folder.path}: set TMPDIR to another folder`,
  );
}
