/** East Asian characters take two columns of a terminal. */
export function isWide(character: string): boolean {
  return character > "\u2e80";
}

/** Columns that a text takes in a terminal. */
export function terminalWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 2 : 1;
  return width;
}
