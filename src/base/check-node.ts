/** The Node that lvsgen needs: an older one fails somewhere in the middle, without the reason. */

import manifest from "../../package.json" with { type: "json" };

/** As package.json has it: `>=20.19`. */
const needed = manifest.engines.node.replace(/^>=/, "");

/**
 * What is wrong with this Node, or null.
 *
 * @param found `process.versions.node`
 */
export function nodeFault(found: string): string | null {
  return isAtLeast(found, needed)
    ? null
    : `Node ${found} is too old: lvsgen needs ${needed} or newer (https://nodejs.org)`;
}

function isAtLeast(found: string, least: string): boolean {
  const numbers = found.split(".").map(Number);
  for (const [index, number] of least.split(".").map(Number).entries()) {
    const own = numbers[index] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}
