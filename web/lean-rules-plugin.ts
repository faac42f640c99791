/** Leaves the explanations and names of rules out: the page links to docs/rules.html, which has them, and they are a tenth of the worker. */

import { type Plugin, parseSync } from "vite";

interface Node {
  readonly type?: string;
  readonly start: number;
  readonly end: number;
  readonly key?: { readonly name?: string };
  readonly value?: Node;
  readonly properties?: readonly Node[];
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
  const found: (readonly [Node, string])[] = [];
  JSON.stringify(parseSync(id, code).program, (_, value: unknown) => {
    const { properties = [] } = (value as Node | null) ?? {};
    const valueAt = (name: string): Node | undefined =>
      properties.find(({ key }) => key?.name === name)?.value;
    const [explain, name] = [valueAt("explain"), valueAt("name")];
    if (explain?.type === "ObjectExpression") {
      found.push([explain, "{}"]);
      if (name?.type === "Literal") found.push([name, '""']);
    }
    return typeof value === "bigint" ? null : value;
  });
  return found
    .toSorted(([a], [b]) => b.start - a.start)
    .reduce((text, [{ start, end }, empty]) => `${text.slice(0, start)}${empty}${text.slice(end)}`, code);
}
