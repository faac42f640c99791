/** Other people's texts for the terminal. */

/** Control characters, and those that reorder a line. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** @param replacement shown instead of such a character */
export function printable(text: string, replacement: (character: string) => string = () => "\uFFFD"): string {
  // Unicode's tables are loaded for texts that need them.
  return /[^ -~]/.test(text) ? text.replace(unprintable, replacement) : text;
}
