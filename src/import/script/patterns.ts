/** The shell's patterns (`*`, `?`, `[a-z]`), as `case` and `${x%PATTERN}` have them. */

/** With more, trying all ways takes too long. */
const maximumStars = 4;

/** @returns null where the pattern is none that lvsgen reads */
function expression(pattern: string, isGreedy = true): string | null {
  if ((pattern.match(/\*/g)?.length ?? 0) > maximumStars || /[@?*+!]\(/.test(pattern)) return null;
  let text = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const set = character === "[" ? /^\[(!|\^)?(\]?[^\]]*)\]/.exec(pattern.slice(at)) : null;
    if (set !== null) {
      if (/\[[:.=]/.test(set[2] ?? "")) return null;
      text += `[${set[1] === undefined ? "" : "^"}${(set[2] ?? "").replaceAll(/[\\\]^]/g, "\\$&")}]`;
      at += set[0].length - 1;
    } else if (character === "*") text += isGreedy ? "[^]*" : "[^]*?";
    else if (character === "?") text += "[^]";
    else {
      if (character === "\\") at++;
      text += pattern.charAt(at).replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    }
  }
  return text;
}

export function matches(text: string, pattern: string): boolean | null {
  const source = expression(pattern);
  return source === null ? null : new RegExp(`^${source}$`, "u").test(text);
}

/** `#` and `##` from the front, `%` and `%%` from the end; the doubled ones remove as much as they can. */
export function removed(text: string, operator: string, pattern: string): string | null {
  const isFront = operator.startsWith("#");
  const source = expression(pattern);
  if (source === null) return null;
  const cuts = Array.from({ length: text.length + 1 }, (_, length) => length);
  const order = operator.length === 2 ? cuts.toReversed() : cuts;
  const whole = new RegExp(`^${source}$`, "u");
  for (const length of order) {
    const part = isFront ? text.slice(0, length) : text.slice(text.length - length);
    if (whole.test(part)) return isFront ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}

/** `/` the first, `//` all, `/#` at the front, `/%` at the end. */
export function replaced(text: string, operator: string, pattern: string, by: string): string | null {
  const source = pattern === "" ? null : expression(pattern);
  if (source === null) return pattern === "" ? text : null;
  const anchored = operator === "/#" ? `^${source}` : operator === "/%" ? `${source}$` : source;
  return text.replace(new RegExp(anchored, operator === "//" ? "gu" : "u"), () => by);
}
