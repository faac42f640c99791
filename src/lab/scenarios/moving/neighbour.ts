/** Whom a client's kernel takes for an address. */

import type { Lab } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";
import { waitFor } from "../../guest/wait.ts";

const PATIENCE_MS = 60_000;

/**
 * The master, soon. Announcements of two masters at once come within the second in which a neighbour's address does not
 * change again (net/ipv4/neigh/locktime); keepalived repeats its own.
 */
export async function reportNeighbour(
  lab: Lab,
  asked: { readonly vip: string; readonly client: string },
  holder: Machine | undefined,
): Promise<void> {
  const client = lab.clientOf(asked);
  const traffic = await lab.traffic(client);
  const begin = Date.now();
  let shown = "";
  const isRight = async (): Promise<boolean> => {
    await traffic.ask({ op: "poke", addresses: [asked.vip] });
    shown = (await client.run(["ip", "neigh", "show", asked.vip])).stdout;
    const [, mac = "nobody"] = /lladdr (\S+)/.exec(shown) ?? [];
    return holder?.host.interfaces.some((wired) => wired.mac === mac) ?? false;
  };
  const ok = await waitFor(isRight, `${client.name} to know the master`, PATIENCE_MS).then(
    () => true,
    () => false,
  );
  const figure = ok ? `after ${((Date.now() - begin) / 1000).toFixed(1)} s` : "never";
  lab.check(client.name, "the client's neighbour cache has the master", ok, figure, shown);
}
