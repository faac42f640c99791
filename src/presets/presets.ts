/** First topologies, one row a kind: for `lvsgen init` and for the playground. */

import { directRouting } from "./direct-routing.ts";
import { floatingAddress } from "./floating-address.ts";
import { highAvailability } from "./high-availability.ts";
import { kubeApi } from "./kube-api.ts";
import { nat } from "./nat.ts";
import { tunnels } from "./tunnels.ts";

/** YAML with comments. */
export const presets = {
  dr: directRouting,
  nat,
  tun: tunnels,
  ha: highAvailability,
  vip: floatingAddress,
  "kube-api": kubeApi,
} as const satisfies Readonly<Record<string, string>>;

export type Preset = keyof typeof presets;
