/** Words that a POSIX shell needs no quotes for. */
const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word for a POSIX shell, whatever it contains: unchanged if that is safe, otherwise in single quotes. */
export function quoteWord(text: string): string {
  // A leading dash or tilde is left to quotes, so that no value is ever taken for an option or a home directory.
  return plain.test(text) && !/^[-~]/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
