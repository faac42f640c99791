/** A picture as a Mermaid flowchart. */

import { say } from "../languages/say.ts";
import { isDirect, type Picture, type ServerGroup, type Way } from "./picture.ts";
import { boxTitle, serverBoxes } from "./words.ts";

/** Inside quotes Mermaid reads entities; Markdown around it may read HTML. */
export function mermaidText(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:;/_=()-]/gu, (character) => `#${character.codePointAt(0)};`);
}

const label = (lines: readonly string[]) => `"${lines.map(mermaidText).join("<br/>")}"`;

export function mermaidOf(picture: Picture): string {
  const { title, directors, routers, floating, vips, groups } = picture;
  const direct = groups.filter(({ ways }) => ways.some(isDirect));
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    "config:",
    "  flowchart:",
    "    wrappingWidth: 400",
    "---",
    "flowchart LR",
    `  clients([${mermaidText(say`clients`)}])`,
    `  subgraph directors[${label([boxTitle(picture)])}]`,
    ...directors.map(
      ({ name, addresses, role }, at) =>
        `    director${at + 1}[${label([role === "" ? name : `${name}, ${role}`, ...addresses])}]`,
    ),
    ...floating.map(({ address, note }, at) => `    floating${at + 1}[${label([`${address} ${note}`])}]`),
    ...vips.flatMap(({ id, address, carrier, services }) => [
      `    subgraph ${id}[${label([say`VIP ${address} on ${carrier}`])}]`,
      ...services.map((service) => `      ${service.id}[${label([service.name, service.detail])}]`),
      "    end",
    ]),
    "  end",
    ...groups.flatMap(groupLines),
    ...floating.flatMap(({ forClients }, at) => (forClients ? `  clients --> floating${at + 1}` : [])),
    ...routers.flatMap(({ id, address, detail, directors: announcing }) => [
      `  ${id}[${label([say`router ${address}`, detail])}]`,
      `  clients --> ${id}`,
      ...announcing.map((at) => `  ${id} --> director${at + 1}`),
    ]),
    ...(routers.length > 0 ? [] : vips).map(({ id, services }) => {
      const isBack = groups.some(({ ways }) =>
        ways.some((way) => !isDirect(way) && has(services, way.service)),
      );
      return `  clients ${isBack ? "<-->" : "-->"} ${id}`;
    }),
    ...groups.flatMap(({ id, ways }) => ways.map((way) => `  ${way.service} ${arrow(way)} ${id}`)),
    // Clients again, as arrows that point back would turn the picture round.
    ...(direct.length > 0 ? [`  answered([${mermaidText(say`clients`)}])`] : []),
    ...direct.map(({ id }) => `  ${id} -. ${label([say`answers`])} .-> answered`),
    "",
  ].join("\n");
}

function has(services: readonly { readonly id: string }[], id: string): boolean {
  return services.some((service) => service.id === id);
}

/** With nat answers come back the same way. */
function arrow(way: Way): string {
  const back = isDirect(way) ? "" : "<";
  if (way.isSorry) return `${back}-. ${label([say`${way.method}, sorry`])} .->`;
  return `${back}-- ${label([way.method])} -->`;
}

function groupLines({ id, subnets, servers }: ServerGroup): string[] {
  return [
    `  subgraph ${id}[${label([say`real servers in ${subnets.join(", ")}`])}]`,
    "    direction LR",
    ...serverBoxes(servers).map((lines, at) => `    ${id}s${at + 1}[${label(lines)}]`),
    "  end",
  ];
}
