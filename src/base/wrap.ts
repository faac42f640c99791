/**
 * Lines of a text, broken between words; a word that is too long gets a line of its own. The first line keeps the text's
 * indentation.
 *
 * @param columns of a line
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? "";
  let isEmpty = true;
  for (const word of text.trim().split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
