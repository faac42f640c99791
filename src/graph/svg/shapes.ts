/** SVG elements as text. */

import { isWide } from "../../base/terminal-width.ts";

/** A value for text and attributes; XML allows no control characters. */
export function xmlText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to keep out
  const clean = text.replaceAll(/[\u0000-\u001f\u007f\ufffe\uffff]/g, " ");
  return clean.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whole pixels are crisp, and the same on every machine. */
const whole = (value: number) => Math.round(value);

export function rectangle({ x, y, width, height }: Box, style: string, radius = 6): string {
  return `<rect class="${style}" x="${whole(x)}" y="${whole(y)}" width="${whole(width)}" height="${whole(height)}" rx="${radius}"/>`;
}

export function words(text: string, x: number, y: number, style: string, anchor = "start"): string {
  const at = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text class="${style}" x="${whole(x)}" y="${whole(y)}"${at}>${xmlText(text)}</text>`;
}

/** An arrow that leaves and arrives level. */
export function curve(from: readonly [number, number], to: readonly [number, number], style: string): string {
  const [x1, y1] = from.map(whole) as [number, number];
  const [x2, y2] = to.map(whole) as [number, number];
  const bend = whole((x2 - x1) / 2);
  return `<path class="${style}" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`;
}

/** Straight lines with rounded corners through the points. */
export function polyline(points: readonly (readonly [number, number])[], style: string): string {
  const radius = 8;
  const parts = points.map(([x, y], at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    if (before === undefined) return `M${whole(x)} ${whole(y)}`;
    if (after === undefined) return `L${whole(x)} ${whole(y)}`;
    const near = ([px, py]: readonly [number, number]) => {
      const length = Math.hypot(px - x, py - y) || 1;
      const step = Math.min(radius, length / 2) / length;
      return `${whole(x + (px - x) * step)} ${whole(y + (py - y) * step)}`;
    };
    return `L${near(before)}Q${whole(x)} ${whole(y)} ${near(after)}`;
  });
  return `<path class="${style}" d="${parts.join("")}"/>`;
}

export type Face = "plain" | "bold" | "mono";

/** By shape of the letter, in the widest of the usual fonts, for a size of 1. */
const narrow = /[iljft.,:;'|()[\]!·\s-]/;
const wide = /[mwMWQ@%]/;
const high = /[A-Z0-9]/;
const letterWidths: Readonly<Record<Exclude<Face, "mono">, Readonly<Record<string, number>>>> = {
  plain: { narrow: 0.38, wide: 0.98, high: 0.68, other: 0.61 },
  bold: { narrow: 0.44, wide: 1.06, high: 0.76, other: 0.7 },
};
const monoWidth = 0.61;

/** Widths of texts without a font: a little more than browsers need. */
export function widthOf(text: string, size: number, face: Face = "plain"): number {
  let width = 0;
  for (const character of text) width += letterWidth(character, face);
  return width * size;
}

function letterWidth(character: string, face: Face): number {
  // East Asian characters are as wide as high.
  if (isWide(character)) return 1;
  if (face === "mono") return monoWidth;
  const shape = narrow.test(character)
    ? "narrow"
    : wide.test(character)
      ? "wide"
      : high.test(character)
        ? "high"
        : "other";
  return letterWidths[face][shape] ?? 1;
}

/** A text that fits, with an ellipsis where it had to be cut. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** A name that fits. It is cut in its middle: names of a fleet begin alike, and differ at their ends. */
export function shortenedName(name: string, length: number): string {
  if (name.length <= length) return name;
  const tail = Math.floor(length / 2) - 1;
  return `${name.slice(0, length - 1 - tail)}…${name.slice(-tail)}`;
}

/** Names that fit. Those that would look alike keep the place from which on they differ. */
export function shortenedNames(names: readonly string[], length: number): string[] {
  const short = names.map((name) => shortenedName(name, length));
  return names.map((name, at) => {
    const alike = names.filter((_, other) => short[other] === short[at]);
    return new Set(alike).size < 2 ? (short[at] ?? name) : windowAt(name, commonStart(alike), length);
  });
}

function commonStart([first = "", ...others]: readonly string[]): number {
  let at = 0;
  while (others.every((other) => other[at] === first[at])) at++;
  return at;
}

/** The part around a place, with some of what is before it. */
function windowAt(name: string, place: number, length: number): string {
  const inner = length - 2;
  const from = Math.min(Math.max(place - Math.floor(length / 3), 0), name.length - inner);
  return `${from > 0 ? "…" : ""}${name.slice(from, from + inner)}${from + inner < name.length ? "…" : ""}`;
}
