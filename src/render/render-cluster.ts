/** Every file of a cluster, or of some of its hosts, from templates as texts. Pure: no file system, no clock. */

import type { Cluster } from "../topology/model.ts";
import type { Artifact } from "./artifact.ts";
import { renderEach } from "./render-each.ts";
import { createRenderer, type TemplateTexts } from "./renderer.ts";

/**
 * Renders the hosts for which `selected` holds, in the topology's order; what hosts share, only with all of them.
 * @throws RenderError naming the template where one does not fit its view.
 */
export function renderCluster(
  cluster: Cluster,
  templates: TemplateTexts,
  selected?: (host: string) => boolean,
): Artifact[] {
  return [...renderEach(cluster, createRenderer(templates), selected)];
}
