/** Names of the hosts that files are of. */

import { hostLabel } from "../assemble/names.ts";
import type { Configuration } from "./configuration.ts";

/** Names that files of any host have. */
const anyHosts = /^(keepalived|vrrp|standard-input|include.*)$/;

/** router_id where each has its own; or the name of its file, or of that one's folder; null: unknown. */
export function hostNames(files: readonly Configuration[]): (string | null)[] {
  const ways: ((file: Configuration) => string | null)[] = [
    ({ globals }) => hostLabel(globals.routerId ?? ""),
    ({ source }) => (files.length === 1 ? null : fileLabel(source.name, 0)),
    ({ source }) => (files.length === 1 ? null : fileLabel(source.name, 1)),
  ];
  for (const way of ways) {
    const names = files.map(way);
    if (names.every((name) => name !== null) && new Set(names).size === files.length) return names;
  }
  return files.map(() => null);
}

/** The n-th part of a path from its end, without the file's ending. */
function fileLabel(path: string, part: number): string | null {
  const parts = path.split(/[\\/]/);
  const name = hostLabel((parts.at(-1 - part) ?? "").replace(/\.[a-z]+$/, ""));
  return name === null || anyHosts.test(name) ? null : name;
}
