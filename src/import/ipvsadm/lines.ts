/** Lines of an ipvsadm dump -> words. */

import type { Place, Word } from "../place.ts";

/** Comments, as in /etc/sysconfig/ipvsadm, begin with #. */
export function wordsOf(line: string, at: Place): Word[] {
  const words: Word[] = [];
  const { source, line: number } = at;
  for (let from = 0; from < line.length; ) {
    const code = line.charCodeAt(from);
    if (code === hash) break;
    if (isBlank(code)) {
      from++;
      continue;
    }
    let end = from + 1;
    while (end < line.length && !isBlank(line.charCodeAt(end)) && line.charCodeAt(end) !== hash) end++;
    words.push({ text: line.slice(from, end), place: { source, line: number, column: from + 1 } });
    from = end;
  }
  return words;
}

const hash = "#".charCodeAt(0);

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
