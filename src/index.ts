/**
 * lvsgen as a library. Checking, planning and rendering are pure: no file system, no clock, and they run in a browser.
 *
 * @example
 * import { checkTopology, renderTopology } from "lvsgen";
 * const { cluster, diagnostics } = checkTopology(text, "topology.json");
 * if (cluster) for (const { path, text, mode } of renderTopology(cluster)) console.log(path, mode, text);
 */

import type { Artifact } from "./render/artifact.ts";
import { ownRenderer } from "./render/own-renderer.ts";
import { renderEach } from "./render/render-each.ts";
import type { Cluster } from "./topology/model.ts";

export { version } from "./base/version.ts";
export { type Change, type Comparison, compareClusters } from "./diff/compare-clusters.ts";
export { dotOf } from "./graph/dot.ts";
export { mermaidOf } from "./graph/mermaid.ts";
export { type Picture, pictureOf } from "./graph/picture.ts";
export { svgOf } from "./graph/svg/svg.ts";
export {
  type Imported,
  type ImportNote,
  type ImportOptions,
  importTopology,
} from "./import/import-topology.ts";
export { topologyYaml } from "./import/topology-yaml.ts";
export { type HostPlan, planCluster, planHost, type RolePlan } from "./plan/host-plan.ts";
export { releaseOrder } from "./plan/release-order.ts";
export type { Resource, Role } from "./plan/resources.ts";
export type { Artifact } from "./render/artifact.ts";
export { RenderError } from "./render/escape.ts";
export { templates } from "./render/own-templates.ts";
export { renderCluster } from "./render/render-cluster.ts";
export type { TemplateTexts } from "./render/renderer.ts";
export { type CheckedTopology, checkTopology } from "./rules/check-topology.ts";
export { type CodeExplanation, explanation, explanations } from "./rules/explain/explanations.ts";
export type { Diagnostic, Severity } from "./topology/diagnostics.ts";
export type { Topology } from "./topology/input.generated.ts";
export type { Cluster, Host, RealServer, VirtualService } from "./topology/model.ts";
export type { ReadSecret, SecretSource } from "./topology/secret-sources.ts";

/** Every file of a cluster, with lvsgen's own templates, in the topology's order of hosts. */
export function renderTopology(cluster: Cluster): Artifact[] {
  return [...renderEach(cluster, ownRenderer())];
}
