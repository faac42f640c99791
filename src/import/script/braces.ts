/** Brace expansion, as bash does before all else: `{1..3}`, `{01..10..3}`, `{a,b}`. */

/** Words that one word becomes. */
const maximumWords = 1000;

/** @returns the words' texts with their quotes; the text itself if it has no braces to expand */
export function expandBraces(text: string): string[] {
  const open = nextBrace(text, 0);
  if (open === null) return [text];
  const [from, to] = open;
  const inside = text.slice(from + 1, to);
  const alternatives = sequence(inside) ?? alternativesOf(inside);
  const [before, after] = [text.slice(0, from), text.slice(to + 1)];
  const rest = expandBraces(after);
  const words = alternatives.flatMap((each) => rest.map((end) => `${before}${each}${end}`));
  return words.length > maximumWords ? [text] : words;
}

/** The first braces that are an expansion: not quoted, not of `${}`, with a comma or two dots. */
function nextBrace(text: string, start: number): readonly [number, number] | null {
  for (let at = start; at < text.length; at++) {
    const skipped = afterQuoted(text, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    if (text[at] !== "{") continue;
    const end = closing(text, at);
    if (end === -1) return null;
    const inside = text.slice(at + 1, end);
    if (sequence(inside) !== null || alternativesOf(inside).length > 1) return [at, end];
  }
  return null;
}

/** The position after what begins here and is not to be looked into. */
function afterQuoted(text: string, at: number): number {
  const character = text[at];
  if (character === "\\") return at + 2;
  if (character === "'" || character === '"' || character === "`") {
    let end = at + 1;
    while (end < text.length && text[end] !== character)
      end += character !== "'" && text[end] === "\\" ? 2 : 1;
    return end + 1;
  }
  if (character !== "$" || (text[at + 1] !== "{" && text[at + 1] !== "(")) return at;
  const [opens, closes] = text[at + 1] === "{" ? ["{", "}"] : ["(", ")"];
  let depth = 0;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === opens) depth++;
    else if (text[end] === closes && --depth === 0) return end + 1;
  }
  return text.length;
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const skipped = afterQuoted(text, at);
    if (skipped > at) at = skipped - 1;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

function sequence(inside: string): string[] | null {
  const [, first = "", last = "", step] =
    /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(inside) ?? [];
  if (first === "") return null;
  const isNumber = /\d/.test(first);
  if (isNumber !== /\d/.test(last)) return null;
  const code = (text: string) => (isNumber ? Number(text) : text.charCodeAt(0));
  const [from, to] = [code(first), code(last)];
  const by = Math.abs(Number(step ?? 1)) || 1;
  const count = Math.floor(Math.abs(to - from) / by) + 1;
  if (count > maximumWords) return null;
  const isPadded = [first, last].some((text) => /^-?0\d/.test(text));
  const width = isPadded ? Math.max(first.length, last.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to < from ? -by : by) * index;
    return isNumber ? padded(value, width) : String.fromCharCode(value);
  });
}

function padded(value: number, width: number): string {
  const sign = value < 0 ? "-" : "";
  return `${sign}${String(Math.abs(value)).padStart(width - sign.length, "0")}`;
}

/** At the commas of this level; each may have braces itself. */
function alternativesOf(inside: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < inside.length; at++) {
    const skipped = afterQuoted(inside, at);
    if (skipped > at) at = skipped - 1;
    else if (inside[at] === "{") depth++;
    else if (inside[at] === "}") depth--;
    else if (inside[at] === "," && depth === 0) {
      parts.push(inside.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(inside.slice(from));
  return parts.length === 1 ? parts : parts.flatMap(expandBraces);
}
