/** Words that all pictures share. */

import { listed } from "../base/counted.ts";
import { phrase, say } from "../languages/say.ts";
import type { Picture, PictureServer, ServerGroup } from "./picture.ts";

/** Of the box with the hosts that have VIPs and floating addresses. */
export function boxTitle({ directors, vips }: Picture): string {
  if (vips.length === 0) return say`hosts of floating addresses`;
  return directors.length > 1 ? say`directors` : say`director`;
}

/** The services that reach a group, by method: `dr: web, tls`. */
export function wayLines({
  ways,
}: ServerGroup): { readonly method: string; readonly text: string; readonly isSorry: boolean }[] {
  const lines = new Map<string, { method: string; isSorry: boolean; names: string[] }>();
  for (const { method, serviceName, isSorry } of ways) {
    const key = `${isSorry} ${method}`;
    const line = lines.get(key) ?? { method, isSorry, names: [] };
    line.names.push(serviceName);
    lines.set(key, line);
  }
  return [...lines.values()].map(({ method, isSorry, names }) => ({
    method: method.split(" ")[0] ?? method,
    isSorry,
    text: isSorry ? say`sorry server, ${method}: ${listed(names)}` : say`${method}: ${listed(names)}`,
  }));
}

/** e.g. `weight 3`, `drained`, `a director`. */
export function serverNotes({ weight, isDrained, note }: PictureServer): string[] {
  return [isDrained ? say`drained` : weight, note].filter((text) => text !== "");
}

/** More than these are one box with a list, as the picture would be a long row of boxes. */
const mostBoxes = 6;

/** The lines of each box of a group, for layouts by rank. */
export function serverBoxes(servers: readonly PictureServer[]): string[][] {
  const boxes = servers.map((server) => [server.name, ...server.addresses, ...serverNotes(server)]);
  return servers.length > mostBoxes ? [boxes.map((lines) => lines.join(", "))] : boxes;
}

export const answers = {
  direct: phrase`answers go directly to the clients`,
  through: phrase`answers go back through the director`,
} as const;
