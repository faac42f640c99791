/** What a terminal is shown of other people's texts. */

/** Control characters, and those that reorder a line. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** @param replacement what is shown in such a character's place */
export function printable(text: string, replacement: (character: string) => string = () => "\uFFFD"): string {
  // Unicode's tables are loaded for texts that need them.
  return /[^ -~]/.test(text) ? text.replace(unprintable, replacement) : text;
}
