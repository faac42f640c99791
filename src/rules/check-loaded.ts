/** A topology that was read -> cluster and diagnostics. */

import { enclosing, parentOf } from "../base/json-pointer.ts";
import { closest } from "../base/suggest.ts";
import { meantPointers, withoutConsequences } from "../topology/consequences.ts";
import { describeFault } from "../topology/describe-fault.ts";
import { type Diagnostic, type Finding, hasErrors, inTextOrder } from "../topology/diagnostics.ts";
import type { Topology } from "../topology/input.generated.ts";
import type { Loaded } from "../topology/load-by.ts";
import type { Cluster } from "../topology/model.ts";
import { normalize } from "../topology/normalize.ts";
import { LineTable, spanOf } from "../topology/positions.ts";
import { repair } from "../topology/repair.ts";
import { findSecrets, type ReadSecret, secretsAt } from "../topology/secret-sources.ts";
import { expandShortForms } from "../topology/short-forms/expand.ts";
import type { Source } from "../topology/short-forms/origins.ts";
import { type Fault, validateSchema } from "../topology/validate-schema.ts";
import { wholeTopology } from "../topology/whole.ts";
import { placedHosts, placedServices } from "./places.ts";
import { rules } from "./registry.ts";
import type { RuleContext } from "./rule.ts";

export interface CheckedTopology {
  /** null where there is any error. */
  readonly cluster: Cluster | null;
  /** As written, but for short forms, which are written out; null where there is any error. */
  readonly topology: Topology | null;
  /** In the order of the text, without accepted warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many warnings the topology's `ignore` accepts. */
  readonly ignored: number;
  /** The text that lines and columns count in: without a byte order mark. */
  readonly text: string;
  readonly name: string;
}

/** short forms -> schema -> secrets -> normalize -> rules. */
export function checkLoaded(loaded: Loaded, readSecret: ReadSecret): CheckedTopology {
  const { value, source, findings: badForms } = expandShortForms(loaded.value);
  const faults = value === undefined ? [] : validateSchema(value);
  const ruled = badForms.length > 0 ? nothingRuled : checkRules(value, faults, source, readSecret);
  const { cluster, topology, findings } = ruled;
  const found = [...withoutConsequences(faults).map(describeFault), ...findings];
  const bad = new Set(badForms.map(({ pointer }) => pointer));
  const others = asWritten(found, source).filter(({ pointer }) => !bad.has(pointer));
  const accepted = acceptedCodes(topology);
  const isIgnored = ({ code, severity }: Finding): boolean => severity === "warning" && accepted.has(code);
  const shown = others.filter((finding) => !isIgnored(finding));
  const diagnostics = locate(loaded, [...badForms, ...shown]);
  const good = !hasErrors(diagnostics);
  return {
    cluster: good ? cluster : null,
    topology: good ? topology : null,
    diagnostics,
    ignored: others.length - shown.length,
    text: loaded.text,
    name: loaded.name,
  };
}

/** Codes of the topology's `ignore`. */
function acceptedCodes(topology: Topology | null): ReadonlySet<string> {
  return new Set((topology?.ignore ?? []).flatMap(({ code }) => code ?? []));
}

interface Ruled {
  readonly cluster: Cluster | null;
  readonly topology: Topology | null;
  readonly findings: readonly Finding[];
}

/** Without what a bad short form is about, references lead nowhere. */
const nothingRuled: Ruled = { cluster: null, topology: null, findings: [] };

/** At the places of the text; what holds for each host of a range, or each port of a list, is said once. */
function asWritten(findings: readonly Finding[], source: Source): Finding[] {
  const said = new Set<string>();
  return findings.flatMap((finding) => {
    const pointer = source(finding.pointer);
    const key = `${finding.code} ${pointer}`;
    const isRepeated = pointer !== finding.pointer && said.has(key);
    said.add(key);
    return isRepeated ? [] : [{ ...finding, pointer, message: messageOf(finding, source) }];
  });
}

function messageOf({ message, other }: Finding, source: Source): string {
  return other === undefined ? message : `${message} (${source(other)})`;
}

function checkRules(
  value: unknown,
  faults: readonly Fault[],
  writtenAt: Source,
  readSecret: ReadSecret,
): Ruled {
  const { value: rest, dropped } = repair(value, faults);
  const meant = faults.flatMap(meantPointers);
  if (typeof rest !== "object" || rest === null) return { cluster: null, topology: null, findings: [] };
  const topology = rest as Topology;
  const whole = wholeTopology(topology);
  const secrets = findSecrets(topology, readSecret);
  const cluster = normalize(topology, secretsAt(secrets));
  const fired = new Set<string>();
  const context: RuleContext = {
    topology: whole,
    cluster,
    secrets,
    hosts: placedHosts(whole),
    services: placedServices(whole),
    ...hostNames(value as Partial<Topology>, faults),
    writtenAt,
    intact: intactness([...dropped, ...meant]),
    fired,
    severities,
  };
  const findings = rules.flatMap(({ code, severity, check }) => {
    const problems = check(context);
    if (problems.length > 0) fired.add(code);
    return problems.map((problem) => ({ ...problem, code, severity }));
  });
  const reported = new Set([...faults.map(({ pointer }) => pointer), ...meant]);
  return { cluster, topology, findings: findings.filter(({ pointer }) => !reported.has(pointer)) };
}

const severities = new Map(rules.map(({ code, severity }) => [code, severity]));

function hostNames(
  { hosts = {} }: Partial<Topology>,
  faults: readonly Fault[],
): Pick<RuleContext, "hostNames" | "isHost"> {
  const names = new Set(Object.keys(hosts ?? {}));
  const unknown = faults.some(({ pointer }) => pointer === "/hosts");
  const refused = faults.flatMap(({ wrongName, value, pointer }) =>
    wrongName && parentOf(pointer) === "/hosts" ? [String(value)] : [],
  );
  return {
    hostNames: [...names],
    isHost: (name) => unknown || names.has(name) || closest(name, refused) !== null,
  };
}

/** Whether nothing was dropped at, inside or around a place. */
function intactness(dropped: readonly string[]): (pointer: string) => boolean {
  if (dropped.length === 0) return () => true;
  const gone = new Set(dropped);
  const damaged = new Set(dropped.flatMap(enclosing));
  return (pointer) => !damaged.has(pointer) && !enclosing(pointer).some((place) => gone.has(place));
}

function locate(loaded: Loaded, findings: readonly Finding[]): Diagnostic[] {
  if (findings.length === 0 && loaded.faults.length === 0) return [];
  const lines = new LineTable(loaded.text);
  const places = loaded.places();
  const fromText = loaded.faults.map(
    ({ span, ...words }): Diagnostic => ({ ...words, severity: "error", ...lines.at(span.start) }),
  );
  const fromValue = findings.map(({ code, severity, pointer, message, hint, atKey = false }): Diagnostic => {
    const { line, column } = lines.at(spanOf(places, pointer, atKey).start);
    return { code, severity, pointer, message, hint, line, column };
  });
  return inTextOrder([...fromText, ...fromValue]);
}
