/** The style: dark or light like the page around it. It loads nothing. */

import { methodColors } from "../colors.ts";

const light = {
  ground: "#ffffff",
  frame: "#f6f8fa",
  line: "#c3cad2",
  ink: "#1f2328",
  soft: "#59636e",
  cell: "#ffffff",
};
const dark = {
  ground: "#0d1117",
  frame: "#161b22",
  line: "#3d444d",
  ink: "#f0f6fc",
  soft: "#9198a1",
  cell: "#0d1117",
};

const variables = (colors: Readonly<Record<string, string>>, shade: "light" | "dark") =>
  [
    ...Object.entries(colors),
    ...Object.entries(methodColors).map(([method, both]) => [method, both[shade]] as const),
  ]
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");

export const style = `
svg{${variables(light, "light")}}
@media (prefers-color-scheme:dark){svg{${variables(dark, "dark")}}}
text{font:12px ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
.title{font-size:17px;font-weight:600}
.head{fill:var(--soft);font-size:12px}
.strong{font-weight:600;font-size:13px}
.name{font-weight:600}
.small{font-size:12px}
.note{fill:var(--soft);font-size:11px}
.address{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;fill:var(--soft)}
.ground{fill:var(--ground)}
.frame{fill:var(--frame);stroke:var(--line)}
.vip{fill:var(--cell);stroke:var(--ink)}
.cell{fill:var(--cell);stroke:var(--line)}
.idle{stroke-dasharray:3 3}
path{fill:none;stroke:var(--soft);stroke-width:1.6}
.dr{stroke:var(--dr)}.nat{stroke:var(--nat)}.tun{stroke:var(--tun)}
.dot{stroke:none}.dot.dr{fill:var(--dr)}.dot.nat{fill:var(--nat)}.dot.tun{fill:var(--tun)}
.answer{stroke-dasharray:6 4}
.sorry{stroke-dasharray:1.5 4;stroke-linecap:round}
marker path{stroke:none;stroke-dasharray:none}
.to-dr{fill:var(--dr)}.to-nat{fill:var(--nat)}.to-tun{fill:var(--tun)}.to-any{fill:var(--soft)}
`;
