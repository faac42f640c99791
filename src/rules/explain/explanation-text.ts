/** Explanations for people at a terminal. */

import { wrap } from "../../base/wrap.ts";
import { dedent, type Explained, type Explanation, paragraphs } from "../../topology/explain/explanation.ts";

export interface Page {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

/** The parts of an explanation in the order of reading, with their headings. */
export const sections: readonly { readonly title: string; readonly key: keyof Explanation }[] = [
  { title: "What is wrong", key: "what" },
  { title: "Why it matters", key: "why" },
  { title: "What to do", key: "fix" },
  { title: "Wrong", key: "wrong" },
  { title: "Right", key: "right" },
];

/** Whether a part is YAML, which keeps its lines. */
export function isExample(key: keyof Explanation): boolean {
  return key === "wrong" || key === "right";
}

/** One code in full. */
export function explanationText(explained: Explained, page: Page): string {
  const { explain } = explained;
  const parts = sections.map(({ title, key }) => {
    const lines = isExample(key)
      ? dedent(explain[key]).replaceAll(/^(?=.)/gm, "  ")
      : paragraphs(explain[key])
          .map((text) => `  ${indented(text, page.width, "  ")}`)
          .join("\n\n");
    return `${paint(page, "heading", title)}\n${lines}`;
  });
  return `${[row(explained, page), ...parts].join("\n\n")}\n`;
}

/** A table of codes and faults. */
export function codesText(codes: readonly Explained[], page: Page): string {
  return `${codes.map((explained) => row(explained, page)).join("\n")}\n`;
}

function row({ code, name, severity }: Explained, page: Page): string {
  const second = severity.padEnd("warning".length);
  const margin = `${code}  ${second}  `.length;
  return `${paint(page, severity, code)}  ${second}  ${indented(name, page.width, " ".repeat(margin))}`;
}

const styles = { error: 31, warning: 33, heading: 1 } as const;

function paint({ color }: Page, style: keyof typeof styles, text: string): string {
  return color ? `\u001B[${styles[style]}m${text}\u001B[0m` : text;
}

/** @param indent of every line but the first, whose text already begins there */
function indented(text: string, width: number, indent: string): string {
  return wrap(text, width - indent.length).join(`\n${indent}`);
}
