/** Changed files of an output for people: by host, and never more lines than fit on a screen. */

import { counted, listed } from "../base/counted.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import type { PathChange } from "../output/compare.ts";

/** Of one kind in one folder. */
interface Group {
  readonly kind: PathChange["kind"];
  readonly folder: string;
  readonly names: readonly string[];
}

/** Lines; the rest is counted in one more. */
const mostLines = 20;

/** A folder's files are named up to this many. */
const mostNames = 6;

const words = { remove: phrase`removed`, update: phrase`updated`, create: phrase`created` } as const;

export function changedLines(changes: readonly PathChange[]): string[] {
  const groups = (["remove", "update", "create"] as const).flatMap((kind) => groupsOf(kind, changes));
  const lines = groups.slice(0, mostLines).map(lineOf);
  const rest = groups.slice(mostLines).reduce((sum, { names }) => sum + names.length, 0);
  return rest === 0 ? lines : [...lines, `  ${say`and ${counted(rest, "more file")}`}`];
}

/** The first lines, and how many more there are. */
export function bounded(lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  return more <= 0 ? [...lines] : [...lines.slice(0, mostLines), `  ${say`and ${more} more`}`];
}

function groupsOf(kind: PathChange["kind"], changes: readonly PathChange[]): Group[] {
  const folders = new Map<string, string[]>();
  for (const change of changes) {
    if (change.kind !== kind) continue;
    const slash = change.path.indexOf("/");
    const folder = slash < 0 ? "" : change.path.slice(0, slash);
    const names = folders.get(folder) ?? [];
    names.push(change.path.slice(slash + 1));
    folders.set(folder, names);
  }
  return [...folders].map(([folder, names]) => ({ kind, folder, names }));
}

function lineOf({ kind, folder, names }: Group): string {
  const shown = names.length > mostNames ? counted(names.length, "file") : listed(names);
  return `  ${inLanguage(words[kind])} ${folder === "" ? "" : `${folder}: `}${shown}`;
}
