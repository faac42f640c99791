/** Rules about communities that routers act on by themselves. */

import { pointerOf } from "../base/json-pointer.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { announcing } from "./announce-example.ts";
import type { Rule, RuleContext } from "./rule.ts";

const router = "neighbors: [{ address: 192.168.1.1, asn: 65000 }]";

/** Well-known communities by which nobody reaches a VIP (IANA's registry), with what routers do. */
const takenAway: Readonly<Record<string, string>> = {
  "65535:0": phrase`graceful shutdown (RFC 8326): routers prefer every other route, and lvsgen marks a director by it that is about to leave`,
  "65535:666": phrase`a blackhole (RFC 7999): routers discard what is sent to the VIP`,
};

/** Those that keep routers from passing a route on (RFC 1997). */
const kept: Readonly<Record<string, string>> = {
  "65535:65281": phrase`no-export: the router does not pass the VIP on to other ASs`,
  "65535:65282": phrase`no-advertise: the router does not pass the VIP on to anybody`,
  "65535:65283": phrase`no-export-subconfed: the router does not pass the VIP on to other ASs, or to other parts of a confederation`,
};

export const announceCommunityRules: readonly Rule[] = [
  {
    code: "LVS336",
    name: "community by which routers do not use the route",
    severity: "error",
    explain: {
      what: `
        directors.announce.bgp.communities has 65535:0 or 65535:666.`,
      why: `
        These are well-known communities. 65535:0 says that a route is about to go away (RFC 8326): routers that honour
        it prefer every other one, and lvsgen adds it when a director stops or is drained, so that connections move
        before the route is gone. With it on every route they would move at the last moment. 65535:666 asks routers to
        discard packets for the address (RFC 7999).`,
      fix: `
        Remove it. To drain a director, add it to directors.drained.`,
      wrong: announcing({ bgp: `${router}\ncommunities: ["65535:0"]` }),
      right: announcing({ bgp: `${router}\ncommunities: ["65010:100"]` }),
    },
    check: (context) => spoken(context, takenAway, say`remove it`),
  },
  {
    code: "LVS337",
    name: "community that keeps a route to the next router",
    severity: "warning",
    explain: {
      what: `
        directors.announce.bgp.communities has 65535:65281 (no-export), 65535:65282 (no-advertise) or 65535:65283
        (no-export-subconfed).`,
      why: `
        The router that gets such a route uses it, and does not pass it on: to other ASs, or to anybody. In a network
        whose routers have an AS each, clients behind other routers than the directors' own have no route to the VIP.`,
      fix: `
        Remove it, or keep it where all clients are behind these routers; as a warning this does not stop rendering.`,
      wrong: announcing({ bgp: `${router}\ncommunities: ["65535:65281"]` }),
      right: announcing({ bgp: router }),
    },
    check: (context) => spoken(context, kept, say`remove it, unless all clients are behind these routers`),
  },
];

function spoken(
  { cluster }: RuleContext,
  meanings: Readonly<Record<string, string>>,
  hint: string,
): Problem[] {
  return (cluster.directors.announce?.communities ?? []).flatMap((community, at): Problem[] => {
    // Leading zeros are no other number.
    const plain = community.split(":").map(Number).join(":");
    const meaning = Object.hasOwn(meanings, plain) ? meanings[plain] : undefined;
    if (meaning === undefined) return [];
    return [
      {
        pointer: pointerOf("directors", "announce", "bgp", "communities", at),
        message: say`the community ${community} is ${inLanguage(meaning)}`,
        hint,
      },
    ];
  });
}
