/** Hints of the command line in words of the page, where they name options and commands that a page does not have. */

const rows: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^set it with --[\w-]+, or /, ""],
  [/^set it with --[\w-]+$/, "change it in the form or in the text"],
  [/^import with --addresses \(the output of 'ip -j addr'\), or /, ""],
  [/, and pass this one with --addresses/, ""],
  [/^set the director's with --config-id: .*$/, "keep only the lines that are for one director"],
  [/^'lvsgen init' writes a first topology$/, "start from a first cluster or an example"],
  [/^run 'lvsgen validate' on it$/, "correct it until it has hosts, directors or virtualServices"],
];

export function pageHint(hint: string): string {
  return rows.reduce((before, [pattern, words]) => before.replace(pattern, words), hint);
}
