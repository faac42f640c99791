/** What a highlighter makes of a line. */

export type TokenKind =
  | "plain"
  | "comment"
  | "string"
  | "keyword"
  | "variable"
  | "number"
  | "name"
  | "heading";

export type Token = readonly [kind: TokenKind, text: string];

/** Tokens of each line. */
export type Highlighter = (lines: readonly string[]) => readonly (readonly Token[])[];

/** Tokens by the first pattern that matches at each place; the rest is plain. */
export function byPatterns(
  text: string,
  patterns: RegExp,
  kindOf: (match: RegExpExecArray) => TokenKind,
): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(patterns)) {
    if (match.index > at) tokens.push(["plain", text.slice(at, match.index)]);
    tokens.push([kindOf(match), match[0]]);
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push(["plain", text.slice(at)]);
  return tokens;
}

/** The kind of a match: the name of the group that matched. */
export function kindOfGroup({ groups = {} }: RegExpExecArray): TokenKind {
  const found = Object.entries(groups).find(([, text]) => text !== undefined);
  return (found?.[0] ?? "plain") as TokenKind;
}
