/** First topologies, one row a kind: for `lvsgen init` and for the playground. */

import { directRouting } from "./direct-routing.ts";
import { highAvailability } from "./high-availability.ts";
import { nat } from "./nat.ts";
import { tunnels } from "./tunnels.ts";

/** YAML with comments. */
export const presets = {
  dr: directRouting,
  nat,
  tun: tunnels,
  ha: highAvailability,
} as const satisfies Readonly<Record<string, string>>;

export type Preset = keyof typeof presets;
