/**
 * The simple commands of a hand-written shell script, with its own variables filled in: assignments of plain texts,
 * and loops over lists of them. Nothing is run, and conditions are ignored.
 */

import type { Place, Source, Word } from "../place.ts";

export interface SimpleCommand {
  readonly program: string;
  /** Without the program. */
  readonly words: readonly Word[];
  /** Words with a value that is known only when the script runs. */
  readonly unknown: readonly string[];
  readonly place: Place;
}

interface Line {
  readonly words: readonly Word[];
  readonly place: Place;
}

type Variables = Map<string, string>;

/** Lines that are gone through, with every turn of a loop: loops within loops multiply, commands or not. */
const maximumSteps = 100_000;

/** Characters of a variable: one that contains itself twice doubles each time. */
const maximumLength = 10_000;

export interface ShellText {
  readonly commands: readonly SimpleCommand[];
  /** The place where reading ends, as loops have too many turns; null: all was read. */
  readonly cut: Place | null;
}

export function shellCommands(source: Source): ShellText {
  const lines = source.text
    .replaceAll(/\\\r?\n/g, (continued) => " ".repeat(continued.length))
    .split(/\r?\n/)
    .flatMap((text, index) => linesOf(text, source, index + 1));
  const reader: Reader = {
    lines,
    ends: endsOfLoops(lines),
    variables: new Map(),
    commands: [],
    // Each line once is no loop.
    steps: maximumSteps + lines.length,
    cut: null,
  };
  run(reader, 0, lines.length);
  return reader;
}

interface Reader {
  readonly lines: readonly Line[];
  readonly ends: ReadonlyMap<number, number>;
  readonly variables: Variables;
  readonly commands: SimpleCommand[];
  steps: number;
  cut: Place | null;
}

function run(reader: Reader, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const line = reader.lines[at] as Line;
    if (!takeStep(reader, line)) return;
    const loop = forLoop(line);
    const end = loop === null ? undefined : reader.ends.get(at);
    if (loop !== null && end !== undefined && end < to) {
      for (const value of loop.values.flatMap((word) => wordsOf(word.text, reader.variables))) {
        if (!takeStep(reader, line)) return;
        reader.variables.set(loop.name, value);
        run(reader, at + 1, end);
      }
      at = end;
    } else command(line, reader.variables, reader.commands);
  }
}

function takeStep(reader: Reader, { place }: Line): boolean {
  reader.steps--;
  if (reader.steps < 0) reader.cut ??= place;
  return reader.steps >= 0;
}

function wordsOf(text: string, variables: Variables): string[] {
  return fill(text, variables).text.split(/\s+/).filter(Boolean);
}

function forLoop({ words }: Line): { readonly name: string; readonly values: readonly Word[] } | null {
  const [first, name, inWord, ...values] = words;
  return first?.text === "for" && inWord?.text === "in" && name !== undefined
    ? { name: name.text, values }
    : null;
}

/** By the line that a loop begins with, the line that it ends with. */
function endsOfLoops(lines: readonly Line[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const [at, { words }] of lines.entries()) {
    const first = words[0]?.text;
    if (first === "for" || first === "while" || first === "until") open.push(at);
    const begin = first === "done" ? open.pop() : undefined;
    if (begin !== undefined) ends.set(begin, at);
  }
  return ends;
}

/** Words before a command. */
const furniture = /^(then|do|else|elif|if|while|until|!|\{|\}|\(|sudo|exec|command|[\w*|"'.-]+\))$/;

function command({ words, place }: Line, variables: Variables, commands: SimpleCommand[]): void {
  let rest = words;
  while (rest[0] !== undefined && furniture.test(rest[0].text)) rest = rest.slice(1);
  while (rest[0] !== undefined) {
    const assignment = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/s.exec(rest[0].text);
    if (assignment !== null) variables.set(assignment[1] ?? "", fill(assignment[2] ?? "", variables).text);
    else if (!/^(export|local|readonly|declare)$/.test(rest[0].text)) break;
    rest = rest.slice(1);
  }
  if (rest.length === 0) return;
  const filled = rest.map(({ text, place: at }) => ({ ...fill(text, variables), place: at }));
  const [first, ...more] = filled.flatMap(({ text, place: at }) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((part) => ({ text: part, place: at })),
  );
  if (first === undefined) return;
  commands.push({
    program: first.text.replace(/^.*\//, ""),
    words: more,
    unknown: filled.flatMap(({ unknown }) => unknown),
    place,
  });
}

interface Filled {
  readonly text: string;
  readonly unknown: readonly string[];
}

/** `$NAME`, `${NAME}` and `${NAME:-default}` by what was assigned. */
function fill(text: string, variables: Variables): Filled {
  const unknown: string[] = [];
  const filled = text.replaceAll(
    /\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)|\$\(.*\)|`.*`|\$[0-9@*#?{]/g,
    (whole, braced: string | undefined, fallback: string | undefined, plain: string | undefined) => {
      const value = variables.get(braced ?? plain ?? "") ?? fallback;
      if (value === undefined) unknown.push(whole);
      return value ?? whole;
    },
  );
  if (filled.length > maximumLength && filled.length > text.length) return { text, unknown: [text] };
  return { text: filled, unknown };
}

/** The commands of one line, divided at `;`, `&&`, `||`, `|` and `&`; quotes are taken off. */
function linesOf(text: string, source: Source, number: number): Line[] {
  const lines: Word[][] = [[]];
  let word = "";
  let from = -1;
  const finish = () => {
    if (from >= 0) lines.at(-1)?.push({ text: word, place: { source, line: number, column: from + 1 } });
    word = "";
    from = -1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const end = character === "'" || character === '"' ? text.indexOf(character, at + 1) : -1;
    if (end >= 0) {
      if (from < 0) from = at;
      word += text.slice(at + 1, end);
      at = end;
    } else if (character === "$" && text.charAt(at + 1) === "(") {
      if (from < 0) from = at;
      const close = text.indexOf(")", at);
      word += text.slice(at, close < 0 ? text.length : close + 1);
      at = close < 0 ? text.length : close;
    } else if (character === "#" && from < 0) break;
    else if (/[;&|]/.test(character) && !(character === "&" && /[<>]$/.test(word))) {
      finish();
      lines.push([]);
    } else if (character === ">" || character === "<") {
      finish();
      from = at;
      word = character;
    } else if (/\s/.test(character)) {
      if (word !== ">" && word !== "<") finish();
    } else {
      if (from < 0) from = at;
      word += character;
    }
  }
  finish();
  return lines.flatMap((words) => (words[0] === undefined ? [] : { words, place: words[0].place }));
}
