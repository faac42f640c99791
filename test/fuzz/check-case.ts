/** What has to hold for one case, whatever its text is. */

import { plannedHost } from "../../src/commands/planned-host.ts";
import { compareClusters } from "../../src/diff/compare-clusters.ts";
import { dotOf } from "../../src/graph/dot.ts";
import { mermaidOf } from "../../src/graph/mermaid.ts";
import { pictureOf } from "../../src/graph/picture.ts";
import { svgOf } from "../../src/graph/svg/svg.ts";
import { type HostPlan, planCluster } from "../../src/plan/host-plan.ts";
import type { Artifact } from "../../src/render/artifact.ts";
import { ownRenderer } from "../../src/render/own-renderer.ts";
import { planText } from "../../src/render/plan-text.ts";
import { renderEach } from "../../src/render/render-each.ts";
import { type CheckedTopology, checkTopology } from "../../src/rules/check-topology.ts";
import { allCodes } from "../../src/rules/explain/all-codes.ts";
import { diagnosticsText } from "../../src/topology/diagnostics-text.ts";
import type { Cluster } from "../../src/topology/model.ts";
import type { FuzzCase } from "./cases.ts";

/** What a case came to; `faults` are what must not be. */
export interface CaseResult {
  readonly accepted: boolean;
  readonly codes: readonly string[];
  readonly faults: readonly string[];
  readonly plans: readonly HostPlan[];
  readonly artifacts: readonly Artifact[];
  readonly milliseconds: number;
}

/** Milliseconds for all that is done with a case: a thousand times what one takes, as the machine may be busy. */
const timeBound = 20_000;

/** What every secret that is kept elsewhere is here. */
const password = "hushhush";

const renderer = ownRenderer();
const knownCodes = new Set(allCodes.map(({ code }) => code));

export function checkCase({ name, text }: FuzzCase): CaseResult {
  const begin = performance.now();
  const faults: string[] = [];
  let checked: CheckedTopology | null = null;
  let plans: readonly HostPlan[] = [];
  let artifacts: readonly Artifact[] = [];
  try {
    checked = checkTopology(text, name, () => password);
    faults.push(...diagnosticFaults(checked));
    if (checked.cluster !== null) {
      plans = planCluster(checked.cluster);
      artifacts = [...renderEach(checked.cluster, renderer)];
      faults.push(...artifactFaults(artifacts), ...viewFaults(checked.cluster, plans, artifacts));
    }
  } catch (error) {
    faults.push(`crash: ${error instanceof Error ? error.stack : String(error)}`);
  }
  faults.push(...globalFaults());
  const milliseconds = performance.now() - begin;
  if (milliseconds > timeBound) faults.push(`took ${Math.round(milliseconds)} ms`);
  const codes = checked?.diagnostics.map(({ code }) => code) ?? [];
  return {
    accepted: checked !== null && checked.cluster !== null,
    codes,
    faults,
    plans,
    artifacts,
    milliseconds,
  };
}

/** A refusal says what, where and what to do; and nothing of a program's insides. */
function diagnosticFaults(checked: CheckedTopology): string[] {
  const { cluster, diagnostics, text, name } = checked;
  const faults: string[] = [];
  if (cluster === null && !diagnostics.some(({ severity }) => severity === "error"))
    faults.push("refused without an error");
  const lines = text.split("\n");
  for (const { code, line, column, message, hint, pointer } of diagnostics) {
    const at = `${code} ${pointer}`;
    const length = lines[line - 1]?.length ?? -1;
    if (!knownCodes.has(code)) faults.push(`${at}: an unknown code`);
    if (!(column >= 1 && column <= length + 1))
      faults.push(`${at}: ${line}:${column} is not a place in the text`);
    if (message.trim() === "" || hint.trim() === "") faults.push(`${at}: no message, or no hint`);
    if (/\bundefined\b|\[object |\bNaN\b|^\s+at /m.test(message + hint) && !/undefined|NaN|object/.test(text))
      faults.push(`${at}: ${message} ${hint}`);
    if ((message + hint).includes(password) && !text.includes(password))
      faults.push(`${at}: shows a password`);
  }
  const shown = diagnosticsText(diagnostics, name, text, { color: false, limit: 20 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal acts on
  if (/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/.test(shown))
    faults.push("prints a control character");
  return faults;
}

/** Paths stay in the folder, on file systems that tell no capital letters, too; texts are whole. */
function artifactFaults(artifacts: readonly Artifact[]): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { path, text, mode } of artifacts) {
    if (!/^[a-z0-9][a-z0-9-]*(\/[A-Za-z0-9][A-Za-z0-9_.-]*)+$/.test(path) || path.includes(".."))
      faults.push(`writes ${JSON.stringify(path)}`);
    if (seen.has(path.toLowerCase())) faults.push(`writes ${path} twice`);
    seen.add(path.toLowerCase());
    if (text.includes("[object ") || text.includes("{{ undefined")) faults.push(`${path} holds an object`);
    const secret = text.includes(password) || /^\s*auth_pass /m.test(text);
    if (secret && !path.endsWith("/keepalived.conf")) faults.push(`${path} holds the password`);
    if (secret && mode !== 0o600)
      faults.push(`${path} holds the password and has the mode ${mode.toString(8)}`);
  }
  return faults;
}

/** The other views of a cluster: each can be made, and none shows the password. */
function viewFaults(cluster: Cluster, plans: readonly HostPlan[], artifacts: readonly Artifact[]): string[] {
  const picture = pictureOf(cluster);
  const side = { cluster, artifacts };
  const comparison = compareClusters(side, side);
  const views = {
    plan: plans.map((plan) => planText(plan)).join(""),
    json: JSON.stringify(plans.map((plan) => plannedHost(plan))),
    mermaid: mermaidOf(picture),
    dot: dotOf(picture),
    svg: svgOf(picture),
  };
  return [
    ...(comparison.changes.length + comparison.hosts.length > 0 ? ["differs from itself"] : []),
    ...Object.entries(views).flatMap(([name, text]) => [
      ...(text.includes(password) ? [`${name} shows the password`] : []),
      ...(/\bundefined\b|\[object /.test(text)
        ? [`${name} shows ${/.*(undefined|\[object ).*/.exec(text)?.[0]}`]
        : []),
    ]),
  ];
}

const shared = [
  ...[Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Error].map(
    (each) => each.prototype,
  ),
  globalThis,
] as object[];
const before = shared.map((each) => Reflect.ownKeys(each).length);

/** Nothing of a text reaches what all objects share. */
function globalFaults(): string[] {
  const changed = shared.some((each, index) => Reflect.ownKeys(each).length !== before[index]);
  return changed ? ["a prototype or the global object was changed"] : [];
}
