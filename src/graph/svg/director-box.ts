/** The directors as a box: themselves, then each VIP with its services. */

import type { Picture } from "../picture.ts";
import { boxTitle } from "../words.ts";
import { rectangle, shortenedName, widthOf, words } from "./shapes.ts";

const padding = 12;
const rowHeight = 19;
const gap = 10;
/** Longer names are cut. */
const longestName = 40;

export interface DirectorBox {
  readonly width: number;
  readonly height: number;
  /** Where arrows meet it, from its top: by VIP, by director, by service, and for answers that come back. */
  readonly vips: ReadonlyMap<string, number>;
  /** In the order of directors. */
  readonly directors: readonly number[];
  readonly services: ReadonlyMap<string, number>;
  readonly back: number;
  readonly draw: (x: number, y: number) => string[];
}

interface Line {
  readonly text: string;
  readonly style: string;
  /** Pixels between it and the line above. */
  readonly before: number;
}

export function directorBox(picture: Picture): DirectorBox {
  const { directors, floating, vips } = picture;
  const lines: Line[] = [
    ...directors.flatMap(({ name, addresses, role }, at) => [
      {
        text: [shortenedName(name, longestName), ...(role === "" ? [] : [role])].join(" · "),
        style: "name",
        before: at === 0 ? 0 : gap / 2,
      },
      ...addresses.map((text) => ({ text, style: "address", before: 0 })),
    ]),
    ...floating.map(({ address, note }, at) => ({
      text: `${address} ${note}`,
      style: "address",
      before: at === 0 ? gap / 2 : 0,
    })),
  ];
  const tops = lines.map((_, at) =>
    lines.slice(0, at + 1).reduce((sum, { before }) => sum + before, at * 16),
  );
  const linesHeight = (tops.at(-1) ?? 0) + 16;
  const title = boxTitle(picture);
  const widest = [
    ...lines.map(({ text, style }) => widthOf(text, 12, style === "address" ? "mono" : "bold")),
    ...vips.map(({ address, carrier }) => widthOf(vipTitle(address, carrier), 13, "bold") + 24),
    ...vips.flatMap(({ services }) =>
      services.map(({ name, detail }) => widthOf(name, 12, "bold") + widthOf(detail, 11) + 44),
    ),
  ];
  const width = Math.max(190, ...widest) + 2 * padding;
  const headHeight = padding + 18 + linesHeight;
  const back = padding + 18 + linesHeight / 2;
  const vipAt = new Map<string, number>();
  const serviceAt = new Map<string, number>();
  let down = headHeight + gap;
  const boxes = vips.map((vip) => {
    const top = down;
    const height = 28 + vip.services.length * rowHeight + 6;
    vipAt.set(vip.id, top + 14);
    for (const [at, { id }] of vip.services.entries())
      serviceAt.set(id, top + 28 + at * rowHeight + rowHeight / 2);
    down += height + gap;
    return { ...vip, top, height };
  });
  return {
    width,
    height: down - gap + padding,
    vips: vipAt,
    directors: lines.flatMap(({ style }, at) => (style === "name" ? [padding + 25 + (tops[at] ?? 0)] : [])),
    services: serviceAt,
    back,
    draw: (x, y) => [
      rectangle({ x, y, width, height: down - gap + padding }, "frame"),
      words(title, x + padding, y + padding + 10, "head"),
      ...lines.map(({ text, style }, at) =>
        words(text, x + padding, y + padding + 29 + (tops[at] ?? 0), style),
      ),
      ...boxes.flatMap(({ address, carrier, services, top, height }) => [
        rectangle({ x: x + padding, y: y + top, width: width - 2 * padding, height }, "vip"),
        words(vipTitle(address, carrier), x + 2 * padding, y + top + 19, "strong"),
        ...services.flatMap(({ name, detail }, at) => [
          words(name, x + 2 * padding, y + top + 28 + at * rowHeight + 13, "name"),
          words(detail, x + width - 2 * padding, y + top + 28 + at * rowHeight + 13, "note", "end"),
        ]),
      ]),
    ],
  };
}

function vipTitle(address: string, carrier: string): string {
  return `VIP ${address}${carrier === "" ? "" : ` · ${carrier}`}`;
}
