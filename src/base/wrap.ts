import { terminalWidth } from "./terminal-width.ts";

/**
 * Lines of a text, broken between words, and in Chinese between characters; a word that is too long gets a line of its
 * own. The first line keeps the text's indentation.
 *
 * @param columns of a line
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? "";
  let isEmpty = true;
  for (const { part, before } of parts(text)) {
    if (!isEmpty && terminalWidth(line) + before.length + terminalWidth(part) > columns) {
      lines.push(line);
      line = part;
    } else line += isEmpty ? part : before + part;
    isEmpty = false;
  }
  return [...lines, line];
}

/** A word, or an East Asian character; no line begins with the marks that close, or ends with those that open. */
const unbroken = /[（「《]*(?:[^\u2e80-\uffff]+|[\u2e80-\uffff])[，。、；：？！）」》]*/gu;

/** @returns each part with what is between it and the one before, on one line */
function parts(text: string): { readonly part: string; readonly before: "" | " " }[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((word) =>
      (word.match(unbroken) ?? [""]).map((part, at) => ({ part, before: at > 0 ? "" : " " })),
    );
}
