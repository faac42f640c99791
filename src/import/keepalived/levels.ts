/** In which blocks keepalived knows a keyword: for what is written in another one. */

const levels = new Map<string, string[]>();

/** @param block as notes name it */
export function knownIn(block: string, keywords: Iterable<string>): void {
  for (const keyword of keywords) {
    const known = levels.get(keyword) ?? [];
    if (!known.includes(block)) levels.set(keyword, [...known, block]);
  }
}

/** Names of the blocks that the keyword belongs in; empty for one that keepalived does not know. */
export function blocksOf(keyword: string): readonly string[] {
  return levels.get(keyword) ?? [];
}
