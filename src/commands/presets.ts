/** First topologies for `lvsgen init`. */

import { parse } from "yaml";
import { directRouting } from "./presets/direct-routing.ts";
import { highAvailability } from "./presets/high-availability.ts";
import { nat } from "./presets/nat.ts";
import { tunnel } from "./presets/tunnel.ts";

export type Preset = "dr" | "nat" | "tun" | "ha";

/** In YAML, with comments. */
export const presets: Readonly<Record<Preset, string>> = {
  dr: directRouting,
  nat,
  tun: tunnel,
  ha: highAvailability,
};

/** The same without comments. */
export function presetJson(preset: Preset): string {
  return `${JSON.stringify(parse(presets[preset]), null, 2)}\n`;
}
