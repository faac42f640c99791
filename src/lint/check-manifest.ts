/** Compares the manifest with the folder: no missing or edited files, programs are executable. */

import { sha256Hex } from "../base/digest.ts";
import { say } from "../languages/say.ts";
import type { Folder } from "../output/read-folder.ts";
import type { Finding } from "./finding.ts";

export function checkManifest(folder: Folder): Finding[] {
  const report = (file: string, code: string, message: string): Finding => ({
    file,
    line: 1,
    column: 1,
    code: `manifest-${code}`,
    message,
  });
  return Object.entries(folder.manifest?.files ?? {}).flatMap(([path, { sha256, mode }]) => {
    const entry = folder.entries.get(path);
    if (entry?.kind !== "file")
      return [report(path, "missing", say`missing, but in manifest.json: render again`)];
    const findings: Finding[] = [];
    if (sha256Hex(folder.read(path)) !== sha256) {
      findings.push(
        report(
          path,
          "edited",
          say`edited since lvsgen wrote it: change the topology instead, or render --force`,
        ),
      );
    }
    if (((entry.mode ^ Number.parseInt(mode, 8)) & 0o100) !== 0) {
      findings.push(
        report(path, "mode", say`mode ${entry.mode.toString(8)} instead of ${mode}: render again`),
      );
    }
    return findings;
  });
}
