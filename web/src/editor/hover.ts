/** What a key means, from the schema, when the pointer rests on it. */

import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import { type Kind, propertyOf, schemaOf, spotAt } from "./schema-at.ts";

export function schemaHover(kind: Kind): Extension {
  return hoverTooltip((view, position) => {
    const line = view.state.doc.lineAt(position);
    for (const match of line.text.matchAll(/["']?([\w$-]+)["']?\s*:/g)) {
      const from = line.from + match.index;
      const to = from + match[0].length;
      if (position < from || position > to) continue;
      const spot = spotAt(kind, view.state.sliceDoc(0, from));
      const description = propertyOf(schemaOf(spot?.path ?? []), match[1] ?? "")?.description;
      if (spot?.kind !== "key" || description === undefined) return null;
      return { pos: from, end: to, above: true, create: () => ({ dom: textBox(description) }) };
    }
    return null;
  });
}

function textBox(text: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-schema-hover";
  box.textContent = text;
  return box;
}
