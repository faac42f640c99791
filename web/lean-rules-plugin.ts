/** Leaves the explanations of rules out: the page links to docs/rules.html, which has them, and they are a tenth of the worker. */

import { type Plugin, parseSync } from "vite";

interface Node {
  readonly type?: string;
  readonly start: number;
  readonly end: number;
  readonly key?: { readonly name?: string };
  readonly value?: Node;
}

export function leanRules(): Plugin {
  return {
    name: "lvsgen-lean-rules",
    enforce: "pre",
    transform: {
      filter: { id: /\/src\/(rules|topology\/explain)\/[\w-]+\.ts$/ },
      handler: (code, id) => withoutExplanations(code, id),
    },
  };
}

function withoutExplanations(code: string, id: string): string {
  const found: Node[] = [];
  JSON.stringify(parseSync(id, code).program, (_, value: unknown) => {
    const node = value as Node | null;
    if (node?.type === "Property" && node.key?.name === "explain" && node.value?.type === "ObjectExpression")
      found.push(node.value);
    return typeof value === "bigint" ? null : value;
  });
  return found.reduceRight((text, { start, end }) => `${text.slice(0, start)}{}${text.slice(end)}`, code);
}
