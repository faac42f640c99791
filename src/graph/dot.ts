/** A picture in Graphviz's language. */

import { say } from "../languages/say.ts";
import type { Forwarding } from "../topology/model.ts";
import { methodColors } from "./colors.ts";
import { isDirect, type Picture, type ServerGroup } from "./picture.ts";
import { boxTitle, serverBoxes, wayLines } from "./words.ts";

/** A quoted string; `\l` and its like are Graphviz's own, so that backslashes of values are doubled. */
export function dotText(lines: readonly string[]): string {
  return `"${lines
    .map((line) =>
      line
        .replaceAll("\\", "\\\\")
        .replaceAll('"', '\\"')
        .replaceAll(/[\r\n]/g, " "),
    )
    .join("\\n")}"`;
}

const edge = (forwarding: Forwarding, more = "") => `color="${methodColors[forwarding].light}"${more}`;

export function dotOf(picture: Picture): string {
  const { title, directors, routers, floating, vips, groups } = picture;
  const through = groups.filter(({ ways }) => ways.some((way) => !isDirect(way)));
  return [
    `digraph ${dotText([title])} {`,
    `  graph [rankdir=LR, compound=true, nodesep=0.15, ranksep=1.2, fontname="sans-serif", label=${dotText([title])}, labelloc=t]`,
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11]',
    '  edge [fontname="sans-serif", fontsize=10]',
    `  clients [label=${dotText([say`clients`])}, shape=ellipse]`,
    "  subgraph cluster_directors {",
    `    label=${dotText([boxTitle(picture)])}`,
    ...directors.map(
      ({ name, addresses, role }, at) =>
        `    director${at + 1} [label=${dotText([role === "" ? name : `${name}, ${role}`, ...addresses])}]`,
    ),
    ...floating.map(({ address, note }, at) => `    floating${at + 1} [label=${dotText([address, note])}]`),
    ...vips.flatMap(({ id, address, carrier, services }) => [
      `    subgraph cluster_${id} {`,
      `      label=${dotText([say`VIP ${address} on ${carrier}`])}`,
      ...services.map((service) => `      ${service.id} [label=${dotText([service.name, service.detail])}]`),
      "    }",
    ]),
    "  }",
    ...groups.flatMap(groupLines),
    ...floating.flatMap(({ forClients }, at) => (forClients ? `  clients -> floating${at + 1}` : [])),
    ...routers.flatMap(({ id, address, detail, directors: announcing }) => [
      `  ${id} [label=${dotText([say`router ${address}`, detail])}]`,
      `  clients -> ${id}`,
      ...announcing.map((at) => `  ${id} -> director${at + 1}`),
    ]),
    ...(routers.length > 0 ? [] : vips).map(
      ({ id, services }) => `  clients -> ${services[0]?.id} [lhead=cluster_${id}]`,
    ),
    ...groups.flatMap(({ id, ways }) =>
      ways.map(({ service, forwarding, method, isSorry }) => {
        const style = isSorry ? ", style=dotted" : "";
        return `  ${service} -> ${id}s1 [lhead=cluster_${id}, label=${dotText([isSorry ? say`${method}, sorry` : method])}, ${edge(forwarding, style)}]`;
      }),
    ),
    ...groups
      .filter(({ ways }) => ways.some(isDirect))
      .map(
        ({ id, ways }) =>
          `  ${id}s1 -> clients [ltail=cluster_${id}, style=dashed, constraint=false, ${edge(ways.find(isDirect)?.forwarding ?? "dr")}]`,
      ),
    ...through.map(
      ({ id }) =>
        `  ${id}s1 -> director1 [ltail=cluster_${id}, style=dashed, constraint=false, ${edge("nat")}]`,
    ),
    ...(through.length > 0
      ? [`  director1 -> clients [style=dashed, constraint=false, ${edge("nat")}]`]
      : []),
    "}",
    "",
  ].join("\n");
}

function groupLines(group: ServerGroup): string[] {
  const { id, subnets, servers } = group;
  return [
    `  subgraph cluster_${id} {`,
    `    label=${dotText([say`real servers in ${subnets.join(", ")}`, ...wayLines(group).map(({ text }) => text)])}`,
    ...serverBoxes(servers).map((lines, at) => `    ${id}s${at + 1} [label=${dotText(lines)}]`),
    "  }",
  ];
}
