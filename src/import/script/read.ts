/** `read`, `mapfile`: variables from here-documents and pipes. */

import { done, type Input, type Machine, type Outcome, unsure } from "./machine.ts";
import { isText, listOf, type Text, unknown } from "./values.ts";

/** `read [-r] [-a] NAME…`: false at the end of the input. */
export function readLine(words: readonly Text[], machine: Machine, input: Input | null): Outcome {
  const names = words.filter((word) => isText(word) && /^[A-Za-z_]\w*$/.test(word)) as string[];
  const isList = words.some((word) => isText(word) && /^-[a-z]*a/.test(word));
  const isOdd = words.some((word) => isText(word) && /^-[a-z]*[dnNpstu]/.test(word));
  const line = isOdd ? null : nextLine(input);
  if (line === null || (line?.includes("\\") ?? false)) {
    for (const name of names) machine.variables.set(name, unknown(`$${name}`));
    return unsure;
  }
  const fields = fieldsOfLine(
    line ?? "",
    isList ? Number.POSITIVE_INFINITY : Math.max(1, names.length),
    machine,
  );
  const [first = "REPLY"] = names;
  if (isList) machine.variables.set(first, listOf(fields));
  else
    for (const [index, name] of (names.length > 0 ? names : ["REPLY"]).entries())
      machine.variables.set(name, fields[index] ?? "");
  return { ok: line !== undefined, signal: null };
}

/** null: unknown; undefined: the end. */
function nextLine(input: Input | null): string | null | undefined {
  if (input === null || !isText(input.text)) return null;
  if (input.from >= input.text.length) return undefined;
  const end = input.text.indexOf("\n", input.from);
  const line = input.text.slice(input.from, end === -1 ? undefined : end);
  input.from = end === -1 ? input.text.length : end + 1;
  // The last line without its newline is read, but read fails: bash's loop ends before it.
  return end === -1 ? undefined : line;
}

/** The last one gets the rest of the line. */
function fieldsOfLine(line: string, count: number, machine: Machine): string[] {
  const ifs = machine.variables.get("IFS");
  const between = isText(ifs) ? ifs : " \t\n";
  if (between === "") return [line];
  const blanks = [...between].filter((each) => /\s/.test(each));
  const trimmed = trim(line, blanks);
  const fields: string[] = [];
  let rest = trimmed;
  while (rest !== "" && fields.length < count - 1) {
    const at = [...rest].findIndex((each) => between.includes(each));
    if (at === -1) break;
    fields.push(rest.slice(0, at));
    const after = trim(rest.slice(at), blanks, true);
    const isSeparator =
      after !== "" && between.includes(after.charAt(0)) && !blanks.includes(after.charAt(0));
    rest = isSeparator ? trim(after.slice(1), blanks, true) : after;
    if (isSeparator && rest === "" && count === Number.POSITIVE_INFINITY) break;
  }
  return rest === "" ? fields : [...fields, rest];
}

function trim(text: string, blanks: readonly string[], isFrontOnly = false): string {
  let [from, to] = [0, text.length];
  while (from < to && blanks.includes(text.charAt(from))) from++;
  while (!isFrontOnly && to > from && blanks.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** `mapfile -t NAME`. */
export function readList(words: readonly Text[], machine: Machine, input: Input | null): Outcome {
  const name = words.findLast((word) => isText(word) && /^[A-Za-z_]\w*$/.test(word)) ?? "MAPFILE";
  if (!isText(name)) return unsure;
  const isPlain =
    words.every((word) => isText(word) && (word === "-t" || word === name)) && words.includes("-t");
  const text = input?.text;
  if (input === null || !isText(text) || !isPlain) {
    machine.variables.set(name, unknown(`$${name}`));
    return unsure;
  }
  const rest = text.slice(input.from).replace(/\n$/, "");
  input.from = text.length;
  machine.variables.set(name, listOf(rest === "" ? [] : rest.split("\n")));
  return done;
}
