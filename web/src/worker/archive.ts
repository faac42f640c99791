/** Files as a zip: the same files, the same bytes. */

import { strToU8, type Zippable, zipSync } from "fflate";
import type { Artifact } from "../../../src/render/artifact.ts";

/** The earliest time that a zip can have, so that the bytes do not depend on the clock. */
const mtime = "1980-01-01T00:00:00";

const regularFile = 0o100000;

export function zipOf(artifacts: readonly Artifact[]): Uint8Array<ArrayBuffer> {
  const files: Zippable = Object.fromEntries(
    artifacts.map(({ path, text, mode }) => [
      path,
      // os 3 is Unix, whose file modes are in the upper half of the attributes: setup.sh stays executable.
      [strToU8(text), { os: 3, attrs: (regularFile | mode) * 0x10000, mtime }],
    ]),
  );
  return zipSync(files, { level: 6 });
}
