/** The scripts lvsgen renders for a cluster, written where the lab finds them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readTemplates } from "../../scripts/templates-module.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** @param edit changes a script's text on its way, for scripts that are broken on purpose */
export function generatedScripts(
  cluster: Cluster,
  edit: (path: string, text: string) => string = (_, text) => text,
): string {
  const folder = temporaryFolder();
  const templates = readTemplates(join(import.meta.dirname, "../../templates"));
  for (const { path, text, mode } of renderCluster(cluster, templates)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, edit(path, text), { mode });
  }
  return folder;
}
