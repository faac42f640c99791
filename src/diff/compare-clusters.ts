/** Two clusters -> what changes for whom. */

import { ansibleFolder } from "../render/ansible/layout.ts";
import type { Artifact } from "../render/artifact.ts";
import type { Cluster } from "../topology/model.ts";
import { type Change, type Fate, fates } from "./change.ts";
import { compareDirectors } from "./directors.ts";
import { compareFloating } from "./floating.ts";
import { compareHosts } from "./hosts.ts";
import { compareServices } from "./services.ts";

export type { Change, Fate } from "./change.ts";

/** A host whose files change. */
export interface HostFiles {
  readonly name: string;
  readonly files: readonly ChangedFile[];
}

export interface ChangedFile {
  readonly path: string;
  readonly is: "added" | "changed" | "removed";
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** In the order of the new topology, those that left at the end. */
  readonly hosts: readonly HostFiles[];
  /** The worst effect on open connections. */
  readonly connections: Fate;
}

interface Side {
  readonly cluster: Cluster;
  /** As rendered from it. */
  readonly artifacts: readonly Artifact[];
}

/**
 * What changes between two clusters, for which hosts, and what happens to open connections.
 *
 * @example
 * import { checkTopology, compareClusters, renderTopology } from "lvsgen";
 * const sides = [text, text.replace("rr", "wrr")].map((version) => {
 *   const { cluster } = checkTopology(version, "cluster.yaml");
 *   if (cluster === null) throw new Error("look at its diagnostics");
 *   return { cluster, artifacts: renderTopology(cluster) };
 * });
 * const [before, after] = sides;
 * if (before && after)
 *   for (const { subject, what, effect } of compareClusters(before, after).changes) console.log(subject, what, effect);
 */
export function compareClusters(before: Side, after: Side): Comparison {
  const changes = [
    ...compareServices(before.cluster, after.cluster),
    ...compareDirectors(before.cluster, after.cluster),
    ...compareFloating(before.cluster, after.cluster),
    ...compareHosts(before.cluster, after.cluster),
  ];
  const connections = fates.find((fate) => changes.some((change) => change.connections === fate)) ?? "none";
  return { changes, hosts: compareFiles(before.artifacts, after.artifacts), connections };
}

function compareFiles(before: readonly Artifact[], after: readonly Artifact[]): HostFiles[] {
  const old = new Map(before.map((artifact) => [artifact.path, artifact]));
  const now = new Map(after.map((artifact) => [artifact.path, artifact]));
  const hosts = new Map<string, { path: string; is: "added" | "changed" | "removed" }[]>();
  for (const path of new Set([...now.keys(), ...old.keys()])) {
    const [earlier, later] = [old.get(path), now.get(path)];
    if (earlier?.text === later?.text && earlier?.mode === later?.mode) continue;
    const is = earlier === undefined ? "added" : later === undefined ? "removed" : "changed";
    const [host = "", ...rest] = path.split("/");
    // The controller's: they have the same change again.
    if (host === ansibleFolder) continue;
    hosts.set(host, [...(hosts.get(host) ?? []), { path: rest.join("/"), is }]);
  }
  return [...hosts].map(([name, files]) => ({ name, files }));
}
