/** Colours in a PNG as rsvg-convert writes it: 8 bits a channel, RGB or RGBA, not interlaced. */

import { inflateSync } from "node:zlib";

const SIGNATURE = 8;
const CHUNK_HEAD = 8;
const CHECKSUM = 4;

/** How many pixels each colour has, by `#rrggbb`; see-through pixels are left out. */
export function colorsOf(png: Buffer): ReadonlyMap<string, number> {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === "IHDR")?.data;
  if (header === undefined) throw new Error("this is not a PNG");
  const width = header.readUInt32BE(0);
  const [depth, kind, , , interlace] = header.subarray(8);
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0)
    throw new Error("an unexpected kind of PNG");
  const channels = kind === 2 ? 3 : 4;
  const data = inflateSync(
    Buffer.concat(chunks.flatMap(({ type, data: part }) => (type === "IDAT" ? [part] : []))),
  );
  const counts = new Map<string, number>();
  for (const row of rowsOf(data, width * channels, channels)) {
    for (let at = 0; at < row.length; at += channels) {
      if (channels === 4 && row[at + 3] !== 255) continue;
      const color = `#${row.toString("hex", at, at + 3)}`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  }
  return counts;
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const begin = at + CHUNK_HEAD;
    chunks.push({ type: png.toString("latin1", at + 4, begin), data: png.subarray(begin, begin + length) });
    at = begin + length + CHECKSUM;
  }
  return chunks;
}

/** Undoes the filter of each row (PNG specification, 9.2). */
function* rowsOf(data: Buffer, length: number, step: number): Generator<Buffer> {
  let above = Buffer.alloc(length);
  for (let begin = 0; begin < data.length; begin += length + 1) {
    const filter = data[begin];
    const row = Buffer.from(data.subarray(begin + 1, begin + 1 + length));
    for (let at = 0; at < length; at++) {
      const left = row[at - step] ?? 0;
      const up = above[at] ?? 0;
      const guess = predicted(filter, left, up, above[at - step] ?? 0);
      row[at] = ((row[at] ?? 0) + guess) % 256;
    }
    yield row;
    above = row;
  }
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return Math.floor((left + up) / 2);
    case 4: {
      const sum = left + up - corner;
      const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      throw new Error(`unknown filter ${filter}`);
  }
}
