/** The current topology and its results. */

import { canonicalJson, sha256Hex } from "../../../src/base/digest.ts";
import { compareClusters } from "../../../src/diff/compare-clusters.ts";
import { comparisonText } from "../../../src/diff/diff-text.ts";
import { pictureOf } from "../../../src/graph/picture.ts";
import { descriptionOf, svgOf } from "../../../src/graph/svg/svg.ts";
import { buildManifest, manifestName, manifestText, octal } from "../../../src/output/manifest.ts";
import { planCluster } from "../../../src/plan/host-plan.ts";
import type { Artifact } from "../../../src/render/artifact.ts";
import { planText } from "../../../src/render/plan-text.ts";
import { checkTopology } from "../../../src/rules/check-topology.ts";
import { loadTopology } from "../../../src/topology/load.ts";
import type { Cluster } from "../../../src/topology/model.ts";
import { formModel } from "../form/form-model.ts";
import type { Origin } from "../state/history.ts";
import type { TopologyText } from "../topology-text.ts";
import { withCorrections } from "./corrections.ts";
import { lineMarks } from "./line-marks.ts";
import { nextSteps } from "./next-steps.ts";
import { pageHint } from "./page-hint.ts";
import type { Checked, Drawn, FileContent, FileGroup, NextSteps } from "./protocol.ts";
import { Rendering } from "./rendering.ts";

export class Session {
  /** From the last topology without errors. */
  #now: Rendering | null = null;
  /** Its text. */
  #text: TopologyText | null = null;
  /** The state before the last edit, which marks compare with. */
  #before: Rendering | null = null;
  /** The first topology. */
  #origin: Rendering | null = null;
  #originId: number | null = null;

  check(
    topology: TopologyText,
    { origin, isNewEdit }: { readonly origin: Origin; readonly isNewEdit: boolean },
  ): Checked {
    const { cluster, diagnostics } = checkTopology(topology.text, topology.name);
    if (origin.id !== this.#originId) {
      const isSame = origin.topology.text === topology.text && origin.topology.name === topology.name;
      this.#compareWith(
        origin,
        isSame ? cluster : checkTopology(origin.topology.text, origin.topology.name).cluster,
      );
    } else if (isNewEdit) this.#before = this.#now;
    if (cluster !== null && cluster !== this.#now?.cluster) {
      this.#now = new Rendering(cluster);
      this.#text = topology;
      this.#origin ??= this.#now;
    }
    return {
      diagnostics: withCorrections(diagnostics, () => loadTopology(topology.text, topology.name).value).map(
        (each) => ({ ...each, hint: pageHint(each.hint) }),
      ),
      form: formModel(topology),
      cluster: cluster === null ? null : { name: cluster.name, hosts: [...cluster.hosts.keys()] },
      hasResults: this.#now !== null,
    };
  }

  /** Another topology was opened, or one before that is back by undo. */
  #compareWith({ id, topology }: Origin, cluster: Cluster | null): void {
    this.#before = null;
    this.#text = topology;
    this.#now = this.#origin = cluster === null ? null : new Rendering(cluster);
    this.#originId = id;
  }

  draw(): Drawn {
    const { cluster } = this.#current;
    const picture = pictureOf(cluster);
    const svg = svgOf(picture);
    const [, width = "0", height = "0"] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const servers = picture.groups.flatMap((group) => group.servers.map(({ count }) => count));
    return {
      svg,
      description: descriptionOf(picture),
      width: Number(width),
      height: Number(height),
      counts: {
        directors: picture.directors.length,
        services: cluster.services.length,
        servers: servers.reduce((sum, count) => sum + count, 0),
      },
    };
  }

  preview({ text, name }: TopologyText): string | null {
    const { cluster } = checkTopology(text, name);
    return cluster === null ? null : svgOf(pictureOf(cluster));
  }

  group(name: string): FileGroup | null {
    const files = this.#current.group(name);
    if (files.length === 0) return null;
    const earlier = new Map(this.#before?.group(name).map(({ path, text }) => [path, text]));
    return {
      name,
      files: files.map(({ path, text }) => ({
        path,
        isChanged: this.#before !== null && earlier.get(path) !== text,
      })),
    };
  }

  get groupNames(): readonly string[] {
    return this.#current.groups;
  }

  file(path: string): FileContent | null {
    const artifact = this.#current.file(path);
    if (artifact === null) return null;
    const earlier = this.#before === null ? null : this.#before.file(path)?.text;
    return { path, text: artifact.text, marks: lineMarks(earlier, artifact.text) };
  }

  plan(host: string): string {
    const plan = planCluster(this.#current.cluster).find((each) => each.host.name === host);
    return plan === undefined ? "" : planText(plan);
  }

  steps(): NextSteps {
    return nextSteps(this.#current.cluster);
  }

  get cluster(): Cluster {
    return this.#current.cluster;
  }

  changes() {
    if (this.#origin === null || this.#now === null) return null;
    const side = (rendering: Rendering) => ({ cluster: rendering.cluster, artifacts: rendering.all() });
    const comparison = compareClusters(side(this.#origin), side(this.#now));
    return { comparison, text: comparisonText(comparison) };
  }

  /** As `lvsgen render` writes them, its manifest included. */
  allFiles(): Artifact[] {
    const { cluster } = this.#current;
    const artifacts = this.#current.all();
    const manifest = buildManifest(
      { cluster: cluster.name, topology: sha256Hex(canonicalJson(cluster)) },
      artifacts.map(({ path, text, mode }) => [path, { sha256: sha256Hex(text), mode: octal(mode) }]),
    );
    return [...artifacts, { path: manifestName, text: manifestText(manifest), mode: 0o644 }];
  }

  /** The text that the files are from, beside them. */
  topologyFile(): Artifact {
    const { name, text } = this.#text ?? { name: "topology.yaml", text: "" };
    return { path: `topology.${/\.json$/i.test(name) ? "json" : "yaml"}`, text, mode: 0o644 };
  }

  groupFiles(name: string): readonly Artifact[] {
    return this.#current.group(name);
  }

  get #current(): Rendering {
    if (this.#now === null) throw new Error("there is no topology without errors yet");
    return this.#now;
  }
}
