/** Braces that do not match: which statement lacks one. keepalived itself names the last line, or none. */

import { phrase, say } from "../../languages/say.ts";
import { ImportError } from "../notes.ts";
import type { Place, Source } from "../place.ts";
import { blocksOf } from "./levels.ts";

/** The name of the level outside of all blocks: a phrase. */
export const topLevel = phrase`the file itself`;

/** What begins a block wherever it is: without a brace it lacks one. */
const blockKeyword =
  /^(global_defs|virtual_server(_group)?|real_server|vrrp_(instance|sync_group|script)|[A-Z]+_(CHECK|GET)|url|authentication|(virtual|static)_(ipaddress(_excluded)?|routes|rules)|unicast_peer|notification_email|track_(interface|script|process|bfd)|SSL)$/;

export interface Braced {
  readonly keyword: string;
  readonly words: readonly { readonly text: string }[];
  readonly block: readonly Braced[] | null;
  readonly place: Place;
}

/** A block and the brace that closed it. */
export interface Closing {
  readonly owner: Braced;
  readonly place: Place;
  /** The blocks around the owner, the innermost last. */
  readonly around: readonly Braced[];
}

/** For a brace } that closes nothing. */
export function unopened(place: Place, top: readonly Braced[], closings: readonly Closing[]): ImportError {
  const bare = firstOf(top, ({ keyword, block }) => block === null && blockKeyword.test(keyword));
  if (bare !== null) return new ImportError(bare.place, say`${named(bare)} has no {`, say`add { at its end`);
  const outside = top.find(({ keyword }) => isInner(keyword));
  const early = closings.findLast(
    ({ place: at, around }) => outside !== undefined && around.length === 0 && isBefore(at, outside.place),
  );
  if (early === undefined || outside === undefined)
    return new ImportError(place, say`brace } without {`, say`remove it, or add the missing {`);
  return new ImportError(
    early.place,
    say`this } ends ${named(early.owner)}, and ${named(outside)} in line ${outside.place.line} is outside`,
    say`remove one } before that line`,
  );
}

/** For blocks that are open at the end. */
export function unclosed(open: readonly Braced[], closings: readonly Closing[]): ImportError {
  // By indentation: the } of the block around has closed it.
  const indent = indentation();
  const early = closings.find(
    ({ owner, place, around }) =>
      indent(place) < indent(owner.place) && around.some((each) => indent(each.place) === indent(place)),
  );
  const nested = firstInside(open.slice(0, 1), ({ keyword }) => isOuter(keyword));
  const around =
    nested === null ? open : open.filter((each) => firstInside([each], (inner) => inner === nested));
  const owner = early?.owner ?? (around.at(-1) as Braced);
  return new ImportError(
    owner.place,
    say`${named(owner)} has no }`,
    nested === null ? say`add the missing }` : say`add } before line ${nested.place.line}`,
  );
}

function firstInside(of: readonly Braced[], is: (each: Braced) => boolean): Braced | null {
  for (const { block } of of) {
    const found = firstOf(block ?? [], is);
    if (found !== null) return found;
  }
  return null;
}

/** In the order of the text. */
function firstOf(statements: readonly Braced[], is: (each: Braced) => boolean): Braced | null {
  for (const each of statements) {
    const found = is(each) ? each : firstOf(each.block ?? [], is);
    if (found !== null) return found;
  }
  return null;
}

/** Only known inside of a block. */
function isInner(keyword: string): boolean {
  const homes = blocksOf(keyword);
  return homes.length > 0 && !homes.includes(topLevel);
}

/** Only known outside of all blocks. */
function isOuter(keyword: string): boolean {
  const homes = blocksOf(keyword);
  return homes.length === 1 && homes[0] === topLevel;
}

function isBefore(one: Place, other: Place): boolean {
  return one.source === other.source && one.line <= other.line;
}

/** Characters before the first word of a place's line. */
function indentation(): (place: Place) => number {
  const lines = new Map<Source, readonly string[]>();
  return ({ source, line }) => {
    const found = lines.get(source) ?? source.text.split("\n");
    lines.set(source, found);
    return (found[line - 1] ?? "").search(/\S|$/);
  };
}

function named({ keyword, words }: Braced): string {
  return [keyword, ...words.map(({ text }) => text)].join(" ").slice(0, 80);
}
