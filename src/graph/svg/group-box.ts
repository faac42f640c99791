/** A group of real servers as a box: its network, its services and methods, and the servers in columns. */

import { counted, listed } from "../../base/counted.ts";
import { say } from "../../languages/say.ts";
import type { PictureServer, ServerGroup } from "../picture.ts";
import { serverNotes, wayLines } from "../words.ts";
import { type Box, rectangle, shortened, shortenedNames, widthOf, words, xmlText } from "./shapes.ts";

const padding = 12;
const headHeight = 18;
const wayHeight = 17;
const gap = 6;
/** Longer names and addresses are cut; the tooltip has them in full. */
const longestName = 24;
const longestNotes = 32;
const nameSize = 12;
const addressSize = 11;

interface Cell {
  readonly server: PictureServer;
  readonly name: string;
  readonly lines: readonly string[];
  readonly notes: string;
}

export interface GroupBox {
  readonly width: number;
  readonly height: number;
  readonly draw: (x: number, y: number) => string[];
}

export function groupBox(group: ServerGroup): GroupBox {
  const { servers, subnets } = group;
  const count = servers.reduce((sum, server) => sum + server.count, 0);
  const title = `${count === 1 ? say`real server` : counted(count, "real server")} · ${subnets.join(", ")}`;
  const ways = wayLines(group).map(({ method, text }) => ({ method, text: shortened(text, 64) }));
  const names = shortenedNames(
    servers.map(({ name }) => name),
    longestName,
  );
  const cells = servers.map(
    (server, at): Cell => ({
      server,
      name: names[at] ?? server.name,
      lines: server.addresses,
      notes: shortened(listed(serverNotes(server)), longestNotes),
    }),
  );
  const columns = columnsFor(cells.length);
  const cellWidth = Math.max(...cells.map(widthOfCell)) + 2 * 8;
  const cellHeight = 20 + 15 * Math.max(...cells.map(({ lines }) => lines.length));
  const head = padding + headHeight + ways.length * wayHeight + gap;
  const inner = Math.max(
    columns * cellWidth + (columns - 1) * gap,
    widthOf(title, 12) + 4,
    ...ways.map(({ text }) => widthOf(text, 12) + 16),
  );
  const rows = Math.ceil(cells.length / columns);
  const width = inner + 2 * padding;
  const height = head + rows * (cellHeight + gap) - gap + padding;
  const wide = (inner - (columns - 1) * gap) / columns;
  return {
    width,
    height,
    draw: (x, y) => [
      rectangle({ x, y, width, height }, "frame"),
      words(title, x + padding, y + padding + 10, "head"),
      ...ways.flatMap(({ method, text }, at) => {
        const line = y + padding + headHeight + at * wayHeight;
        return [
          rectangle({ x: x + padding, y: line + 3, width: 9, height: 9 }, `dot ${method}`, 2),
          words(text, x + padding + 15, line + 12, "small"),
        ];
      }),
      ...cells.flatMap((cell, at) =>
        drawCell(cell, {
          x: x + padding + (at % columns) * (wide + gap),
          y: y + head + Math.floor(at / columns) * (cellHeight + gap),
          width: wide,
          height: cellHeight,
        }),
      ),
    ],
  };
}

const mostColumns = 12;

/** One below the other if that fits a screen. */
function columnsFor(count: number): number {
  if (count <= 5) return 1;
  if (count <= 14) return 2;
  if (count <= 36) return 3;
  // About as wide as high: a cell is four times as wide.
  return Math.min(mostColumns, Math.ceil(Math.sqrt(count * 0.38)));
}

function widthOfCell({ name, lines, notes }: Cell): number {
  const first = widthOf(name, nameSize, "bold") + (notes === "" ? 0 : 14 + widthOf(notes, addressSize));
  return Math.max(first, ...lines.map((line) => widthOf(line, addressSize, "mono")));
}

function drawCell({ server, name, lines, notes }: Cell, box: Box): string[] {
  const { x, y, width } = box;
  const style = server.isDrained ? "cell idle" : "cell";
  return [
    `<g><title>${xmlText([server.name, ...server.addresses, ...serverNotes(server)].join(", "))}</title>`,
    rectangle(box, style, 4),
    words(name, x + 8, y + 15, "name"),
    ...(notes === "" ? [] : [words(notes, x + width - 8, y + 15, "note", "end")]),
    ...lines.map((line, at) => words(line, x + 8, y + 30 + at * 15, "address")),
    "</g>",
  ];
}
