/** bird.conf of the lab's routers. They are quick to try again: what is measured is what directors do. */

import type { Announce } from "../../topology/model.ts";
import type { Edge, Layout, Session } from "./layout.ts";

/** Best paths of equal length are one route with several next hops: what routers call ECMP. */
const head = (id: string, kernelFilter: string): string => `log "/run/bird.log" all;
router id ${id};
protocol device { scan time 5; }
protocol direct { ipv4; }
protocol kernel {
  merge paths on limit 64;
  ipv4 { import none; export ${kernelFilter}; };
}
`;

/**
 * A route with the community of RFC 8326 is about to go: whoever has another one leaves it at once. Elsewhere the paths'
 * lengths would only say how the neighbors are connected.
 */
const FROM_BGP = `filter from_bgp {
  if (65535, 0) ~ bgp_community then bgp_local_pref = 0;
  else bgp_local_pref = 100;
  accept;
}
`;

const TIMES = "connect delay time 1; connect retry time 2; error wait time 1, 2; error forget time 5;";

/** Of a neighbor. */
export function edgeConfig(edge: Edge, layout: Layout, announce: Announce): string {
  const { neighbor, uplink, subnet, sessions } = edge;
  const { top } = layout;
  // What a distant director announces is for others: packets for it do not come by here.
  const isOwn = subnet === null ? "false" : `bgp_next_hop ~ ${subnet.cidr}`;
  const hasDistant = sessions.some(({ isDistant }) => isDistant);
  const up = [
    { name: "top", address: top.address, asn: top.asn },
    ...(hasDistant ? othersOf(edge, layout) : []),
  ];
  const relays = layout.edges.filter((other) => other !== edge && subnet !== null && relaysFor(other));
  return [
    head(uplink, `where source = RTS_BGP && ${isOwn}`),
    FROM_BGP,
    `filter to_routers {
  if source != RTS_BGP then reject;
  if ${isOwn} then bgp_next_hop = ${uplink};
  accept;
}
`,
    // What is behind the next hops of distant directors.
    `protocol static { ipv4; route 0.0.0.0/0 via ${top.address}; }\n`,
    ...sessions.map((session, index) => directorSession(`director${index + 1}`, session, edge, announce)),
    ...up.map(
      ({ name, address, asn }) => `protocol bgp ${name} {
  local ${uplink} as ${neighbor.asn}; neighbor ${address} as ${asn};
  ${TIMES}
  ipv4 { import none; export filter to_routers; next hop keep; ${hasDistant ? "add paths tx;" : ""} };
}
`,
    ),
    ...relays.map(
      (relay, index) => `protocol bgp relay${index + 1} {
  local ${uplink} as ${neighbor.asn}; neighbor ${relay.uplink} as ${relay.neighbor.asn};
  ${TIMES}
  ipv4 { import where ${isOwn}; export none; gateway recursive; add paths rx; };
}
`,
    ),
  ].join("");
}

function relaysFor({ sessions }: Edge): boolean {
  return sessions.some(({ isDistant }) => isDistant);
}

/** Neighbors in subnets, which learn from a distant one what their directors announce. */
function othersOf(edge: Edge, { edges }: Layout): { name: string; address: string; asn: number }[] {
  return edges
    .filter((other) => other !== edge && other.subnet !== null)
    .map(({ uplink, neighbor }, index) => ({
      name: `other${index + 1}`,
      address: uplink,
      asn: neighbor.asn,
    }));
}

function directorSession(
  name: string,
  { address, isDistant }: Session,
  { neighbor }: Edge,
  { asn }: Announce,
): string {
  const isInternal = neighbor.asn === asn;
  const options = [
    isDistant ? "multihop;" : "",
    isInternal ? "rr client;" : "",
    neighbor.password === null ? "" : `password "${neighbor.password.reveal()}";`,
    TIMES,
  ];
  return `protocol bgp ${name} {
  local ${neighbor.address} as ${neighbor.asn}; neighbor ${address} as ${asn};
  ${options.filter((text) => text !== "").join(" ")}
  ipv4 { import filter from_bgp; export none; ${isDistant ? "gateway recursive;" : ""} };
}
`;
}

/** Of the router above the neighbors. */
export function topConfig({ edges, top }: Layout): string {
  const hasDistant = edges.some(relaysFor);
  const subnets = new Map(edges.flatMap(({ subnet, uplink }) => (subnet ? [[subnet.cidr, uplink]] : [])));
  return [
    head(top.address, "where source = RTS_BGP"),
    FROM_BGP,
    hasDistant
      ? `protocol static { ipv4; ${[...subnets].map(([cidr, via]) => `route ${cidr} via ${via};`).join(" ")} }\n`
      : "",
    ...edges.map(
      ({ uplink, neighbor }, index) => `protocol bgp neighbor${index + 1} {
  local ${top.address} as ${top.asn}; neighbor ${uplink} as ${neighbor.asn};
  path metric off;
  ${TIMES}
  ipv4 { import filter from_bgp; export none; ${hasDistant ? "gateway recursive; add paths rx;" : ""} };
}
`,
    ),
  ].join("");
}
