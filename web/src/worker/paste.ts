/** A host's files as one line of shell that unpacks and installs them: for a host that no copy reaches. */

import { gzipSync } from "fflate";
import type { Artifact } from "../../../src/render/artifact.ts";
import { tarOf } from "./tar.ts";

/**
 * @param name the host's, which is the folder in the archive, too
 * @param sudo how the host's user becomes root, with a space behind it; empty for root
 */
export function pasteOf(name: string, files: readonly Artifact[], sudo: string): string {
  const packed = gzipSync(tarOf(files), { level: 9, mtime: "1980-01-01T00:00:00" });
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  return `echo '${btoa(binary)}' | base64 -d | tar -xzf - && cd ${name} && ${sudo}sh setup.sh`;
}
