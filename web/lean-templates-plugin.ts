/** Leaves out of the page's worker what only `lvsgen deploy` and `lvsgen retire` render: scripts that they run on hosts. */

import { type Plugin, parseSync } from "vite";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly key?: { readonly value?: unknown };
  readonly value?: Node;
}

export function leanTemplates(): Plugin {
  return {
    name: "lvsgen-lean-templates",
    enforce: "pre",
    transform: {
      filter: { id: /\/compiled-templates\.mjs$/ },
      handler: (code, id) => withoutDeploy(code, id),
    },
  };
}

function withoutDeploy(code: string, id: string): string {
  const found: Node[] = [];
  JSON.stringify(parseSync(id, code).program, (_, value: unknown) => {
    const node = value as Node | null;
    if (node?.type === "Property" && String(node.key?.value ?? "").startsWith("deploy/") && node.value)
      found.push(node.value);
    return typeof value === "bigint" ? null : value;
  });
  return found.reduceRight((text, { start, end }) => `${text.slice(0, start)}null${text.slice(end)}`, code);
}
