/** A picture as one SVG: clients, directors with their VIPs, real servers, from left to right; answers run below. */

import { listed } from "../../base/counted.ts";
import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { Forwarding } from "../../topology/model.ts";
import { isDirect, type Picture, type ServerGroup, type Way } from "../picture.ts";
import { answers } from "../words.ts";
import { type DirectorBox, directorBox } from "./director-box.ts";
import { type GroupBox, groupBox } from "./group-box.ts";
import { drawRouter, type PlacedRouter, placeRouters, routersSize } from "./router-boxes.ts";
import { curve, polyline, rectangle, widthOf, words, xmlText } from "./shapes.ts";
import { style } from "./style.ts";

const margin = 24;
const titleHeight = 34;
const clientsWidth = 84;
const clientsHeight = 44;
const groupGap = 18;
/** Room for the bundle of arrows between layers. */
const space = 110;

interface Placed {
  readonly group: ServerGroup;
  readonly box: GroupBox;
  readonly x: number;
  readonly y: number;
}

interface Layout {
  readonly picture: Picture;
  readonly director: DirectorBox;
  readonly directorX: number;
  readonly directorY: number;
  readonly clients: { readonly x: number; readonly y: number };
  readonly routers: readonly PlacedRouter[];
  readonly groups: readonly Placed[];
  /** Left edge of the real servers. */
  readonly serversX: number;
  /** The right edge, where answers go round. */
  readonly right: number;
  readonly bottom: number;
  readonly methods: readonly Forwarding[];
}

export function svgOf(picture: Picture): string {
  const layout = layOut(picture);
  const legend = legendLines(layout);
  const legendY = layout.bottom + 40;
  const width = Math.max(
    layout.right + margin,
    ...legend.map(({ text }) => margin + 52 + widthOf(text, 12) + margin),
  );
  const height = legendY + legend.length * 20 + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.round(width)} ${Math.round(height)}" width="${Math.round(width)}" height="${Math.round(height)}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${xmlText(picture.title)}</title>`,
    `<desc id="desc">${xmlText(descriptionOf(picture))}</desc>`,
    `<style>${style}</style>`,
    `<defs>${(["dr", "nat", "tun", "any"] as const).map(marker).join("")}</defs>`,
    rectangle({ x: 0, y: 0, width, height }, "ground", 0),
    words(picture.title, margin, margin + 10, "title"),
    ...layout.director.draw(layout.directorX, layout.directorY),
    ...layout.routers.flatMap(drawRouter),
    ...layout.groups.flatMap(({ box, x, y }) => box.draw(x, y)),
    ...requests(layout),
    ...returns(layout),
    ...clientsBox(layout),
    ...legend.flatMap((line, at) => [
      line.draw(margin, legendY + at * 20 - 4),
      words(line.text, margin + 52, legendY + at * 20, "small"),
    ]),
    "</svg>",
    "",
  ].join("\n");
}

function layOut(picture: Picture): Layout {
  const director = directorBox(picture);
  const boxes = picture.groups.map((group) => ({ group, box: groupBox(group) }));
  const columnHeight = boxes.reduce((sum, { box }) => sum + box.height + groupGap, -groupGap);
  const routers = routersSize(picture.routers);
  const height = Math.max(director.height, columnHeight, clientsHeight, routers.height);
  const top = margin + titleHeight;
  const routersX = margin + clientsWidth + space;
  const directorX = routersX + (routers.width > 0 ? routers.width + space : 0);
  const serversX = directorX + director.width + space;
  let y = top + (height - columnHeight) / 2;
  const groups = boxes.map((each): Placed => {
    const placed = { ...each, x: serversX, y };
    y += each.box.height + groupGap;
    return placed;
  });
  const methods = (["dr", "nat", "tun"] as const).filter((method) =>
    picture.groups.some(({ ways }) => ways.some(({ forwarding }) => forwarding === method)),
  );
  const lanes = methods.filter((method) => method !== "nat").length;
  const widest = Math.max(...boxes.map(({ box }) => box.width));
  const rightmost = boxes.length === 0 ? directorX + director.width : serversX + widest;
  return {
    picture,
    director,
    directorX,
    directorY: top + (height - director.height) / 2,
    clients: { x: margin, y: top + (height - clientsHeight) / 2 },
    routers: placeRouters(picture.routers, routersX, top + (height - routers.height) / 2),
    groups,
    serversX,
    right: rightmost + lanes * laneWidth + (lanes > 0 ? 12 : 0),
    bottom: top + height + lanes * laneWidth,
    methods,
  };
}

const laneWidth = 14;

/** Clients to VIPs, by routers where there are any, and services to those who serve. */
function requests(layout: Layout): string[] {
  const { picture, director, directorX, directorY, clients, routers, groups, serversX } = layout;
  const start = [clients.x + clientsWidth, clients.y + clientsHeight / 2 - 8] as const;
  const vips = routers.length > 0 ? [] : picture.vips;
  const toVips = vips.map(({ id }) =>
    curve(start, [directorX + 12 - 6, directorY + (director.vips.get(id) ?? 0)], "any"),
  );
  const byRouters = routers.flatMap(({ router, x, y, width, middle }) => [
    curve(start, [x - 6, y + middle], "any"),
    ...router.directors.map((at) =>
      curve([x + width, y + middle], [directorX - 6, directorY + (director.directors[at] ?? 0)], "any"),
    ),
  ]);
  const toGroups = groups.flatMap(({ group, box, y }) =>
    group.ways.map((way, at) => {
      const from = [
        directorX + director.width - 12,
        directorY + (director.services.get(way.service) ?? 0),
      ] as const;
      return curve(from, [serversX - 6, y + meeting(group, box, at + backWays(group))], requestStyle(way));
    }),
  );
  // Without services, clients ask the hosts themselves.
  const toHosts =
    picture.vips.length > 0 ? [] : [curve(start, [directorX - 6, directorY + director.height / 2], "any")];
  return [...toVips, ...byRouters, ...toHosts, ...toGroups].map((path) => withArrow(path));
}

/** Where an arrow meets a group, from its top: spread over its height. Answers that go back are first. */
function meeting(group: ServerGroup, { height }: GroupBox, at: number): number {
  const count = group.ways.length + backWays(group);
  return height / 2 + (at - (count - 1) / 2) * Math.min(16, (height - 24) / count);
}

function backWays({ ways }: ServerGroup): number {
  return ways.some((way) => !isDirect(way)) ? 1 : 0;
}

function requestStyle({ forwarding, isSorry }: Way): string {
  return isSorry ? `${forwarding} sorry` : forwarding;
}

/** The arrowhead has its line's colour: SVG 1.1 markers do not inherit it. */
function withArrow(path: string): string {
  const method = /class="(?:\w+ )*(dr|nat|tun)\b/.exec(path)?.[1] ?? "any";
  return path.replace("/>", ` marker-end="url(#to-${method})"/>`);
}

function marker(name: Forwarding | "any"): string {
  return `<marker id="to-${name}" viewBox="0 0 8 8" refX="3" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="to-${name}" d="M0 0L8 4L0 8Z"/></marker>`;
}

/** Answers: past the director round the picture, or back through it. */
function returns(layout: Layout): string[] {
  const { methods, groups, director, directorX, directorY, clients, serversX } = layout;
  const lanes = methods.filter((method) => method !== "nat");
  const right = layout.right - lanes.length * laneWidth;
  const direct = lanes.flatMap((method, lane) => {
    const x = right + (lane + 0.5) * laneWidth;
    const y = layout.bottom - (lanes.length - lane - 0.5) * laneWidth + 6;
    const own = groups.filter(({ group }) => group.ways.some(({ forwarding }) => forwarding === method));
    const end = [
      clients.x + clientsWidth / 2 + (lane - (lanes.length - 1) / 2) * 16,
      clients.y + clientsHeight + 6,
    ] as const;
    return own.map(({ box, x: left, y: top }, at) => {
      const exit = [left + box.width, top + box.height / 2 + (lane - (lanes.length - 1) / 2) * 10] as const;
      const path = [exit, [x, exit[1]], [x, y], [end[0], y], end] as const;
      // All but the first join its line.
      return at === 0
        ? withArrow(polyline(path, `answer ${method}`))
        : polyline(path.slice(0, 2), `answer ${method}`);
    });
  });
  const through = groups.flatMap(({ group, box, y }) => {
    if (backWays(group) === 0) return [];
    const from = [serversX, y + meeting(group, box, 0)] as const;
    return withArrow(curve(from, [directorX + director.width + 6, directorY + director.back], "answer nat"));
  });
  const back = curve(
    [directorX, directorY + director.back],
    [clients.x + clientsWidth + 6, clients.y + clientsHeight / 2 - 18],
    "answer nat",
  );
  return [...direct, ...through, ...(through.length > 0 ? [withArrow(back)] : [])];
}

function clientsBox({ clients: { x, y } }: Layout): string[] {
  return [
    rectangle({ x, y, width: clientsWidth, height: clientsHeight }, "vip", 22),
    words(say`clients`, x + clientsWidth / 2, y + clientsHeight / 2 + 4, "strong", "middle"),
  ];
}

interface LegendLine {
  readonly text: string;
  readonly draw: (x: number, y: number) => string;
}

const methodWords: Readonly<Record<Forwarding, string>> = {
  dr: phrase`dr: direct routing; requests`,
  nat: phrase`nat: addresses rewritten; requests`,
  tun: phrase`tun: tunnelled; requests`,
};

function legendLines({ methods, picture }: Layout): LegendLine[] {
  const sample = (classes: string) => (x: number, y: number) =>
    polyline(
      [
        [x, y],
        [x + 40, y],
      ],
      classes,
    );
  const hasSorry = picture.groups.some(({ ways }) => ways.some(({ isSorry }) => isSorry));
  return [
    ...methods.flatMap((method) => [
      { text: inLanguage(methodWords[method]), draw: sample(method) },
      {
        text: inLanguage(method === "nat" ? answers.through : answers.direct),
        draw: sample(`answer ${method}`),
      },
    ]),
    ...(hasSorry ? [{ text: say`sorry server: when no real server works`, draw: sample("sorry") }] : []),
  ];
}

/** For people who cannot see the picture. */
export function descriptionOf({ directors, routers, floating, vips, groups }: Picture): string {
  const services = vips.flatMap(({ address, services: own }) =>
    own.map(({ name, detail }) => `${name} (${address}, ${detail})`),
  );
  const servers = groups.flatMap(({ servers: own }) => own.map(({ name }) => name));
  const moving = floating.map(({ address, note }) => `${address} (${note})`).join("; ");
  if (vips.length === 0) return say`Floating addresses: ${moving}.`;
  if (routers.length > 0)
    return say`Routers ${listed(routers.map(({ address }) => address))} spread connections over ${listed(directors.map(({ name }) => name))}, which balance ${services.reduce((before, each) => say`${before}; ${each}`)} to ${listed(servers)}.`;
  return say`Directors ${listed(directors.map(({ name }) => name))} balance ${services.reduce((before, each) => say`${before}; ${each}`)} to ${listed(servers)}.`;
}
