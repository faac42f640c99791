/** How nat servers' answers return is set up on the servers, which the import does not read. */

import { say } from "../../languages/say.ts";
import type { ReturnPath } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, Observed } from "../observed.ts";
import type { Placed } from "./marks.ts";
import type { Wiring } from "./wiring.ts";

interface Ways {
  readonly observed: Observed;
  readonly floating: readonly CarriedAddress[];
  readonly wiring: Wiring;
}

export function returnPathOf(
  { service }: Placed,
  pointer: string,
  { observed, floating, wiring }: Ways,
  notes: Notes,
): ReturnPath | null {
  const server = service.servers.find(({ forwarding }) => forwarding === "nat");
  if (server === undefined) return null;
  if (observed.masquerades) return "masquerade";
  const segment = wiring.near(server.address);
  const gateway = floating.find(({ ip }) => segment !== undefined && wiring.near(ip) === segment);
  if (gateway !== undefined) {
    const { ip, instance, virtualRouterId: id } = gateway;
    const owner = instance || say`the VRRP instance with router id ${id}`;
    notes.placeholder(
      gateway.place,
      `${pointer}/nat`,
      say`unknown return path of nat servers' answers: default-gateway is concluded from ${owner}, as its ${ip} moves with the master in the network of ${server.address}`,
      say`make sure that the servers' default gateway is ${ip}; otherwise set nat.returnPath`,
    );
    return "default-gateway";
  }
  const placeholder = observed.peers.length === 0 ? "source-rule" : "masquerade";
  notes.placeholder(
    server.place,
    `${pointer}/nat`,
    say`unknown return path of nat servers' answers: the placeholder is ${placeholder}`,
    say`set nat.returnPath; most hand-made clusters have "default-gateway"`,
  );
  return placeholder;
}
