/**
 * The plans of a cluster for people: hosts that get the same, but for their names and addresses, as one block, and
 * lines of many servers as one line.
 */

import { wrap } from "../base/wrap.ts";
import { say } from "../languages/say.ts";
import type { HostPlan } from "../plan/host-plan.ts";
import { inStep, rangesOf, runsInStep, shortestRange, valueInStep } from "../topology/short-forms/in-step.ts";
import { planText } from "./plan-text.ts";

export function planTexts(plans: readonly HostPlan[]): string {
  const groups = new Map<string, HostPlan[]>();
  for (const plan of plans) {
    const shape = shapeOf(plan);
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [plan]);
    else group.push(plan);
  }
  return [...groups]
    .flatMap(([shape, group]) =>
      group.length < shortestRange ? group.map(planText) : [groupText(shape, group)],
    )
    .map(foldLines)
    .join("\n");
}

/** Steps keep their numbers, which the order of stop names. */
function foldLines(text: string): string {
  const words = text.split("\n").map((line) => line.split(" "));
  return runsInStep(words, (run) => run.length >= shortestRange && !isStep(run[0] ?? []))
    .map((run) => (run.length === 1 ? run[0] : (valueInStep(run) as string[]))?.join(" "))
    .join("\n");
}

function isStep(words: readonly string[]): boolean {
  return /^[0-9]+\.$/.test(words.find((word) => word !== "") ?? "");
}

/** Characters that no text of a plan has. */
const nameMark = "\u0000";
const addressMark = (at: number) => `\u0001${at}\u0001`;

function shapeOf(plan: HostPlan): string {
  const { name, addresses } = plan.host;
  let text = planText({ ...plan, host: { ...plan.host, name: nameMark } });
  for (const [at, { ip }] of addresses.entries()) text = replaceWord(text, ip, addressMark(at));
  return replaceWord(text, name, nameMark);
}

/** Not where it is a part of a longer name or address. */
function replaceWord(text: string, word: string, by: string): string {
  const escaped = word.replaceAll(/[.]/g, "\\.");
  return text.replaceAll(new RegExp(`(?<![\\w.:-])${escaped}(?![\\w:-]|\\.\\w)`, "g"), by);
}

const width = 110;

function groupText(shape: string, group: readonly HostPlan[]): string {
  const hosts = group.map(({ host }) => host);
  const [first] = hosts;
  if (first === undefined) return "";
  const names = rangesOf(hosts.map(({ name }) => name)).join(", ");
  const range = inStep(hosts.map(({ name }) => name));
  const legend: string[] = [];
  if (range === null) legend.push(...lines(`${say`<host>`}: ${names}`));
  let text = shape.replaceAll(`${nameMark} (`, `${range ?? say`${hosts.length} hosts`} (`);
  text = text.replaceAll(nameMark, range ?? say`<host>`);
  for (const [at, { interface: name }] of first.addresses.entries()) {
    if (!text.includes(addressMark(at))) continue;
    const pairs = hosts.map((host) => [host.addresses[at]?.ip ?? "", host.name]);
    const whole = range === null ? null : inStep(pairs.map(([ip = ""]) => ip));
    const label = at === 0 ? say`<address of ${name}>` : say`<address of ${name}, ${at + 1}>`;
    if (whole === null) legend.push(...lines(`${label}: ${rangesOfPairs(pairs)}`));
    text = text.replaceAll(addressMark(at), whole ?? label);
  }
  const [title = "", ...rest] = text.split("\n");
  return [title, ...legend, ...rest].join("\n");
}

function rangesOfPairs(pairs: readonly (readonly string[])[]): string {
  return runsInStep(pairs, (run) => run.length >= shortestRange)
    .map((run) => (run.length === 1 ? run[0] : (valueInStep(run) as string[])))
    .map(([ip, name] = []) => say`${ip} on ${name}`)
    .join(", ");
}

function lines(text: string): string[] {
  return wrap(text, width - 4).map((line, at) => `${at === 0 ? "  " : "    "}${line}`);
}
