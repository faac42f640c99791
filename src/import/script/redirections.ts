/** Where commands read from and write to: here-documents, files that are given along, files that the script writes. */

import type { Redirection } from "unbash";
import type { Place, Source } from "../place.ts";
import { partsText } from "./expand.ts";
import type { Context, Input, Machine, Outcome, Output } from "./machine.ts";
import { isText, joined, type Text, unknown } from "./values.ts";

export function inputOf(text: Text, place: Place | null): Input {
  return { text, place, from: 0 };
}

export interface Redirected {
  readonly input: Input | null;
  /** Files, and whether they are emptied first. */
  readonly writes: readonly { readonly name: string; readonly appends: boolean }[];
}

export function redirected(
  redirections: readonly Redirection[],
  machine: Machine,
  context: Context,
): Redirected {
  let { input } = context;
  const writes: { name: string; appends: boolean }[] = [];
  for (const each of redirections) {
    const place = context.at(each.pos);
    if (each.type === "HereDoc") input = hereDocument(each, machine, context);
    else if (each.target === undefined) continue;
    else if (each.type === "HereString")
      input = inputOf(joined([machine.textOf(each.target, machine, place), "\n"]), null);
    else {
      const target = machine.textOf(each.target, machine, place);
      const name = isText(target) ? target : each.target.text;
      const descriptor = each.descriptor?.type === "FileDescriptor" ? each.descriptor.value : null;
      if (each.operator === "<") input = fileInput(name, machine, each.target.text);
      else if (/^(>|>>|>\||&>|&>>)$/.test(each.operator) && (descriptor ?? 1) === 1 && name !== "/dev/null")
        writes.push({ name, appends: each.operator.endsWith(">>") });
    }
  }
  return { input, writes };
}

function hereDocument(
  { operator, delimiter, body }: Extract<Redirection, { type: "HereDoc" }>,
  machine: Machine,
  context: Context,
): Input {
  const place = context.at(body.pos);
  const isPlain = delimiter?.quoted === true || body.parts === undefined;
  const text = isPlain ? body.text : partsText(body.parts ?? [], machine, place);
  const isIndented = operator === "<<-" && isText(text);
  return inputOf(isIndented ? text.replaceAll(/^\t+/gm, "") : text, place);
}

function fileInput(name: string, machine: Machine, shown: string): Input {
  const own = machine.written.get(name);
  if (own !== undefined) return inputOf(own, null);
  const given = fileNamed(name, machine);
  if (given === undefined) return inputOf(unknown(`<${shown}`), null);
  machine.sourced.add(given);
  return inputOf(given.text.replaceAll("\r\n", "\n"), { source: given, line: 1, column: 1 });
}

/** By its base name, perhaps with a word before it: lb1-lvs.conf is lvs.conf. */
export function fileNamed(path: string, { files }: Machine): Source | undefined {
  const name = baseName(path);
  const exact = files.get(name);
  if (exact !== undefined || name === "") return exact;
  const like = [...files].filter(
    ([each]) => each.endsWith(name) && /[-_.]$/.test(each.slice(0, -name.length)),
  );
  return like.length === 1 ? like[0]?.[1] : undefined;
}

export function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, "");
}

/** What a command prints goes into the files. */
export function write(writes: Redirected["writes"], text: Text, machine: Machine): void {
  for (const { name, appends } of writes) {
    const before = appends ? (machine.written.get(name) ?? "") : "";
    machine.written.set(name, joined([before, text]));
  }
}

/** A group or a loop with redirections. */
export function withFiles(
  redirections: readonly Redirection[],
  machine: Machine,
  context: Context,
  run: (context: Context) => Outcome,
): Outcome {
  const { input, writes } = redirected(redirections, machine, context);
  const output: Output | null = writes.length === 0 ? context.output : { text: "" };
  const outcome = run({ ...context, input, output });
  if (writes.length > 0 && output !== null) write(writes, output.text, machine);
  return outcome;
}
