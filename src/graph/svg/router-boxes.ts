/** Routers that directors announce VIPs to, one box below the other. */

import { say } from "../../languages/say.ts";
import type { PictureRouter } from "../picture.ts";
import { rectangle, widthOf, words } from "./shapes.ts";

const padding = 12;
const height = 44;
const gap = 18;

export interface PlacedRouter {
  readonly router: PictureRouter;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Where arrows meet it, from its top. */
  readonly middle: number;
}

/** Zero without routers. */
export function routersSize(routers: readonly PictureRouter[]): {
  readonly width: number;
  readonly height: number;
} {
  if (routers.length === 0) return { width: 0, height: 0 };
  const widest = routers.flatMap(({ address, detail }) => [
    widthOf(titleOf(address), 12, "bold"),
    widthOf(detail, 11),
  ]);
  return {
    width: Math.max(...widest) + 2 * padding,
    height: routers.length * (height + gap) - gap,
  };
}

/** @param y of the first */
export function placeRouters(routers: readonly PictureRouter[], x: number, y: number): PlacedRouter[] {
  const { width } = routersSize(routers);
  return routers.map((router, at) => ({ router, x, y: y + at * (height + gap), width, middle: height / 2 }));
}

export function drawRouter({ router, x, y, width }: PlacedRouter): string[] {
  return [
    rectangle({ x, y, width, height }, "frame"),
    words(titleOf(router.address), x + padding, y + 19, "name"),
    words(router.detail, x + padding, y + 35, "note"),
  ];
}

function titleOf(address: string): string {
  return say`router ${address}`;
}
