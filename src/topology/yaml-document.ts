/** YAML text -> document, within bounds of nesting. */

import { Composer, type CST, type Document, Parser, YAMLParseError } from "yaml";

/** Nesting beyond the bound, with its offset. */
export class DepthError extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super("nested too deep");
    this.offset = offset;
  }
}

/**
 * Like yaml's parseDocument, with a look at the nesting between its two stages: the parser keeps a stack of its own,
 * but the composer recurses, and V8 ends the process when a regular expression is compiled at the end of the stack.
 *
 * @throws DepthError
 */
export function composeDocument(text: string, maximumDepth: number): Document.Parsed {
  const tokens = [...new Parser().parse(text)];
  checkDepth(tokens, maximumDepth);
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, stringKeys: true, merge: true });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new Error("yaml gave no document");
  if (second !== undefined) {
    // load-yaml.ts has the words.
    document.errors.push(new YAMLParseError([second.range[0], second.range[1]], "MULTIPLE_DOCS", ""));
  }
  return document as Document.Parsed;
}

function checkDepth(tokens: readonly CST.Token[], maximumDepth: number): void {
  const waiting: [CST.Token, number][] = tokens.map((token) => [token, 0]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [token, depth] = next;
    if (depth > maximumDepth) throw new DepthError(token.offset);
    if (token.type === "document" && token.value !== undefined) waiting.push([token.value, depth]);
    if (!("items" in token)) continue;
    for (const { key, value } of token.items) {
      if (key) waiting.push([key, depth + 1]);
      if (value) waiting.push([value, depth + 1]);
    }
  }
}
