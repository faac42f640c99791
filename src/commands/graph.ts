/** `lvsgen graph`: a picture of the cluster. */

import { dotOf } from "../graph/dot.ts";
import { mermaidOf } from "../graph/mermaid.ts";
import { type Picture, pictureOf } from "../graph/picture.ts";
import { svgOf } from "../graph/svg/svg.ts";
import { defineCommand } from "./arguments.ts";
import { requireCluster } from "./require-cluster.ts";
import { topologyFile, writeData } from "./shared.ts";

const formats = { mermaid: mermaidOf, dot: dotOf, svg: svgOf } as const satisfies Readonly<
  Record<string, (picture: Picture) => string>
>;

export const graphCommand = defineCommand(
  {
    positionals: { file: topologyFile },
    options: {
      format: {
        kind: "choice",
        choices: ["mermaid", "dot", "svg"],
        default: "mermaid",
        describe: "Mermaid for Markdown, DOT for Graphviz, or an SVG picture",
      },
    },
  },
  async ({ file, format }) => {
    const { cluster } = await requireCluster({ file, format: "text" });
    writeData(formats[format](pictureOf(cluster)));
  },
);
