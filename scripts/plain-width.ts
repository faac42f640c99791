/**
 * Stands in for string-width in the built CLI. yargs lays out help with it, and lvsgen's is ASCII, one column a
 * character (a test says so). The package asks the whole of Unicode for it, which doubles the time of a start.
 */

/** In columns. */
export default function stringWidth(text: string): number {
  return text.replaceAll(escapes, "").length;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what escape sequences begin with
const escapes = /\u001B\[[0-9;]*m/g;
