/** The scripts lvsgen renders for a cluster, written where the lab finds them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readTemplates } from "../../scripts/templates-module.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import type { TemplateTexts } from "../../src/render/renderer.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

export function generatedScripts(cluster: Cluster): string {
  return writeScripts(cluster, readTemplates(join(import.meta.dirname, "../../templates")));
}

export function writeScripts(cluster: Cluster, templates: TemplateTexts): string {
  const folder = temporaryFolder();
  for (const { path, text, mode } of renderCluster(cluster, templates)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }
  return folder;
}
