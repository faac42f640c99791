/** The topology at hand in the page's address, without its passwords: addresses are copied, and kept in histories. */

import { secretKey } from "../form/secret-key.ts";
import type { TopologyText } from "../topology-text.ts";
import { version } from "../version.ts";
import { call } from "../worker/main-worker.ts";
import { fragmentOf } from "./link.ts";

/** Characters of a fragment; browsers take more, but people and their programs do not. */
const longest = 100_000;

export async function withoutPasswords(topology: TopologyText): Promise<TopologyText> {
  // The worker's part for it is loaded only for topologies that may have some.
  return secretKey.test(topology.text) ? (await call("withoutSecrets", topology)).topology : topology;
}

/** @returns empty if it would be too long */
export async function addressOf(topology: TopologyText): Promise<string> {
  const fragment = await fragmentOf(await withoutPasswords(topology), version);
  return fragment.length > longest ? "" : fragment;
}

/** In the place of the present one, so that "back" leaves the page. */
export function showAddress(fragment: string): void {
  if (location.hash !== fragment)
    history.replaceState(null, "", location.pathname + location.search + fragment);
}
