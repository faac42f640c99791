/** Every file of a cluster, or of some of its hosts, from templates as texts. Pure: no file system, no clock. */

import type { Cluster } from "../topology/model.ts";
import type { Artifact } from "./artifact.ts";
import { RenderError } from "./escape.ts";
import { templates as own } from "./own-templates.ts";
import { renderEach } from "./render-each.ts";
import { createRenderer, type TemplateTexts } from "./renderer.ts";
import { unknownName } from "./template-names.ts";

/**
 * Renders the hosts for which `selected` holds, in the topology's order; what hosts share, only with all of them.
 *
 * @throws RenderError naming the template if one does not fit its view, or replaces none.
 * @example
 * import { checkTopology, renderCluster, templates } from "lvsgen";
 * const { cluster } = checkTopology(text, "cluster.yaml");
 * const own = { ...templates, "ansible/README.md": "Ask the network team.\n" };
 * for (const { path, mode } of cluster ? renderCluster(cluster, own) : []) console.log(path, mode);
 */
export function renderCluster(
  cluster: Cluster,
  templates: TemplateTexts,
  selected?: (host: string) => boolean,
): Artifact[] {
  for (const name of Object.keys(templates)) {
    const fault = unknownName(name, own);
    if (fault !== null) throw new RenderError(`the template ${name} ${fault}`);
  }
  return [...renderEach(cluster, createRenderer(templates), selected)];
}
