/** Where the cursor is in a topology. The text need not be valid, as somebody is typing it. */

export interface Spot {
  /** Keys and indices of the value around the cursor. */
  readonly path: readonly (string | number)[];
  /** Whether a key is typed here, or the value of the key at the end of the path. */
  readonly kind: "key" | "value";
  /** Keys of the same object before the cursor. */
  readonly keys: readonly string[];
}

interface Level {
  readonly isList: boolean;
  index: number;
  key: string | null;
  readonly keys: string[];
}

/** Brackets, quotes, colons and commas: JSON, and what YAML has inside brackets. */
export function flowSpot(before: string): {
  readonly levels: readonly Level[];
  readonly isOpenString: boolean;
} {
  const levels: Level[] = [];
  const token =
    /"(?:[^"\\]|\\.)*("?)|'[^']*('?)|[{}[\],]|:(?=\s|$|["[{])|[^\s{}[\],:"']+(?::[^\s{}[\],:"']+)*/g;
  let word: string | null = null;
  let isOpenString = false;
  for (const match of before.matchAll(token)) {
    const [text] = match;
    const level = levels.at(-1);
    isOpenString = /^"/.test(text) && match[1] === "";
    if (text === "{" || text === "[") levels.push({ isList: text === "[", index: 0, key: null, keys: [] });
    else if (text === "}" || text === "]") levels.pop();
    else if (text === "," && level !== undefined) {
      level.index++;
      level.key = null;
    } else if (text === ":" && level !== undefined && word !== null) {
      level.key = word;
      level.keys.push(word);
    } else word = text.replaceAll(/^["']|["']$/g, "");
  }
  return { levels, isOpenString };
}

function pathOf(levels: readonly Level[]): (string | number)[] {
  return levels.flatMap(({ isList, index, key }): (string | number)[] =>
    isList ? [index] : key === null ? [] : [key],
  );
}

export function jsonSpot(before: string): Spot | null {
  const { levels } = flowSpot(before);
  const level = levels.at(-1);
  if (level === undefined) return null;
  const path = pathOf(levels);
  return level.isList || level.key !== null
    ? { path, kind: "value", keys: [] }
    : { path, kind: "key", keys: level.keys };
}

interface Block {
  readonly indent: number;
  key: string | null;
  /** null: not in a list. */
  index: number | null;
  readonly keys: string[];
}

/** Blocks by their indentation, then the brackets that are open at the cursor. */
export function yamlSpot(before: string): Spot | null {
  const lines = before.split("\n");
  const blocks: Block[] = [{ indent: 0, key: null, index: null, keys: [] }];
  let flow = "";
  for (const [at, line] of lines.entries()) {
    const isLast = at === lines.length - 1;
    if (flow !== "") {
      flow += `\n${line}`;
      if (!isLast && isBalanced(flow)) flow = "";
      continue;
    }
    const body = line.replace(/(^|\s)#.*$/, "");
    if (body.trim() === "" && !isLast) continue;
    const rest = enter(blocks, isLast ? line : body);
    const opened = /(?:^|\s)([[{].*)$/.exec(rest)?.[1];
    if (opened !== undefined && (isLast || !isBalanced(opened))) flow = opened;
  }
  const outer = blocks.flatMap(({ key, index }) => [
    ...(index === null ? [] : [index]),
    ...(key === null ? [] : [key]),
  ]);
  if (flow !== "" && !isBalanced(flow)) {
    const { levels } = flowSpot(flow);
    const level = levels.at(-1);
    if (level === undefined) return null;
    const path = [...outer, ...pathOf(levels)];
    return level.isList || level.key !== null
      ? { path, kind: "value", keys: [] }
      : { path, kind: "key", keys: level.keys };
  }
  const last = blocks.at(-1);
  if (last === undefined) return null;
  if (last.key !== null) return { path: outer, kind: "value", keys: [] };
  return { path: outer, kind: "key", keys: last.keys };
}

/** Reads a line in block style; returns the text after its key. */
function enter(blocks: Block[], line: string): string {
  const [, indentation = "", dashes = "", rest = ""] = /^(\s*)((?:- +|-$)*)(.*)$/.exec(line) ?? [];
  let indent = indentation.length;
  leave(blocks, indent, dashes !== "");
  for (const dash of dashes.match(/- *|-$/g) ?? []) {
    const list = blocks.at(-1);
    if (list !== undefined && list.indent === indent && list.index !== null) list.index++;
    else blocks.push({ indent, key: null, index: 0, keys: [] });
    indent += Math.max(dash.length, 2);
    blocks.push({ indent, key: null, index: null, keys: [] });
  }
  let block = blocks.at(-1);
  if (block === undefined || block.index !== null || block.indent < indent) {
    block = { indent, key: null, index: null, keys: [] };
    blocks.push(block);
  }
  const [, key, value] = /^["']?([\w$.-]+)["']?:(?:\s(.*)|)$/.exec(rest) ?? [];
  block.key = key ?? null;
  if (key !== undefined) block.keys.push(key);
  return value ?? (key === undefined ? rest : "");
}

/** Closes what is indented more. A list may have the same indentation as its key. */
function leave(blocks: Block[], indent: number, isItem: boolean): void {
  while (blocks.length > 1) {
    const last = blocks.at(-1) as Block;
    if (last.indent < indent) return;
    if (last.indent === indent && (isItem ? last.index !== null || last.key !== null : last.index === null))
      return;
    blocks.pop();
  }
}

function isBalanced(text: string): boolean {
  return flowSpot(text).levels.length === 0;
}
