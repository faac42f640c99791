/** `lvsgen graph`: a picture of the cluster. */

import type { CommandModule } from "yargs";
import { dotOf } from "../graph/dot.ts";
import { mermaidOf } from "../graph/mermaid.ts";
import { type Picture, pictureOf } from "../graph/picture.ts";
import { svgOf } from "../graph/svg/svg.ts";
import { requireCluster } from "./require-cluster.ts";
import { type TopologyArguments, topologyOptions, writeData } from "./shared.ts";

const formats = { mermaid: mermaidOf, dot: dotOf, svg: svgOf } as const satisfies Readonly<
  Record<string, (picture: Picture) => string>
>;

interface GraphArguments extends Omit<TopologyArguments, "format"> {
  readonly format: keyof typeof formats;
}

export const graphCommand: CommandModule<object, GraphArguments> = {
  command: "graph <file>",
  describe: "Draw the cluster: VIPs, directors, servers, ways",
  builder: (yargs) =>
    topologyOptions(yargs).option("format", {
      choices: Object.keys(formats),
      default: "mermaid",
      describe: "Mermaid for Markdown, Graphviz's language, or a picture as it is",
    }) as never,
  handler: async ({ file, format }) => {
    const { cluster } = await requireCluster({ file, format: "text" });
    writeData(formats[format](pictureOf(cluster)));
  },
};
