/** Words that need no quotes in a POSIX shell. */
const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word for a POSIX shell: plain if that is safe, otherwise in single quotes. */
export function quoteWord(text: string): string {
  // A leading dash or tilde gets quotes, so that no value is taken for an option or a home directory.
  return plain.test(text) && !/^[-~]/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
