/**
 * How the picture looks: dark or light as the page around it is. Nothing is fetched from anywhere. Renderers outside
 * browsers often know no variables and drop a declaration that uses one, so a plain light colour comes before each.
 */

import type { Forwarding } from "../../topology/model.ts";
import { methodColors } from "../colors.ts";

const ground = {
  ground: { light: "#ffffff", dark: "#0d1117" },
  frame: { light: "#f6f8fa", dark: "#161b22" },
  line: { light: "#c3cad2", dark: "#3d444d" },
  ink: { light: "#1f2328", dark: "#f0f6fc" },
  soft: { light: "#59636e", dark: "#9198a1" },
  cell: { light: "#ffffff", dark: "#0d1117" },
};

type Shade = "light" | "dark";
type Color = keyof typeof ground | Forwarding;

const colors: Readonly<Record<Color, Readonly<Record<Shade, string>>>> = { ...ground, ...methodColors };

function variables(shade: Shade): string {
  return Object.entries(colors)
    .map(([name, both]) => `--${name}:${both[shade]}`)
    .join(";");
}

function paint(property: "fill" | "stroke", color: Color): string {
  return `${property}:${colors[color].light};${property}:var(--${color})`;
}

const fill = (color: Color) => paint("fill", color);
const stroke = (color: Color) => paint("stroke", color);

export const style = `
svg{${variables("light")}}
@media (prefers-color-scheme:dark){svg{${variables("dark")}}}
text{font:12px ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;${fill("ink")}}
.title{font-size:17px;font-weight:600}
.head{${fill("soft")};font-size:12px}
.strong{font-weight:600;font-size:13px}
.name{font-weight:600}
.small{font-size:12px}
.note{${fill("soft")};font-size:11px}
.address{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;${fill("soft")}}
.ground{${fill("ground")}}
.frame{${fill("frame")};${stroke("line")}}
.vip{${fill("cell")};${stroke("ink")}}
.cell{${fill("cell")};${stroke("line")}}
.idle{stroke-dasharray:3 3}
path{fill:none;${stroke("soft")};stroke-width:1.6}
.dr{${stroke("dr")}}.nat{${stroke("nat")}}.tun{${stroke("tun")}}
.dot{stroke:none}.dot.dr{${fill("dr")}}.dot.nat{${fill("nat")}}.dot.tun{${fill("tun")}}
.answer{stroke-dasharray:6 4}
.sorry{stroke-dasharray:1.5 4;stroke-linecap:round}
marker path{stroke:none;stroke-dasharray:none}
.to-dr{${fill("dr")}}.to-nat{${fill("nat")}}.to-tun{${fill("tun")}}.to-any{${fill("soft")}}
`;
