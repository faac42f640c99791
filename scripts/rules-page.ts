/** docs/rules.md: every code with its explanation, from the same text as `lvsgen validate --explain`. */

import { allCodes } from "../src/rules/explain/all-codes.ts";
import { exampleTopology } from "../src/rules/explain/example-topology.ts";
import { isExample, sections } from "../src/rules/explain/explanation-text.ts";
import { dedent, type Explained, paragraphs } from "../src/topology/explain/explanation.ts";

const introduction = `\
<!-- Generated from src/rules and src/topology by npm run generate; do not edit. -->

# What lvsgen finds in a topology

Each finding has a code. Errors stop lvsgen, warnings do not. Codes below LVS100 are about the text and its shape, all
others about clusters.
\`lvsgen validate --explain LVS112\` shows one of these chapters in the terminal, \`--explain list\` the table, and with
\`--format json\` both are data.

Examples show only what matters: they replace the same parts of this topology.
`;

export function rulesPage(): string {
  return [introduction, fenced(exampleTopology.trimEnd()), table(allCodes), ...allCodes.map(chapter)].join(
    "\n",
  );
}

function table(codes: readonly Explained[]): string {
  const rows = codes.map(
    ({ code, severity, name }) => `| [${code}](#${code.toLowerCase()}) | ${severity} | ${escaped(name)} |`,
  );
  return `${["| code | severity | fault |", "| --- | --- | --- |", ...rows].join("\n")}\n`;
}

function chapter({ code, severity, name, explain }: Explained): string {
  const parts = sections.map(({ title, key }) =>
    isExample(key)
      ? `${title}:\n\n${fenced(dedent(explain[key]))}`
      : `**${title}.** ${paragraphs(explain[key]).map(escaped).join("\n\n")}\n`,
  );
  return [`## ${code}\n`, `_${severity}: ${escaped(name)}_\n`, ...parts].join("\n");
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\`\n`;
}

/** Explanations are plain text, so Markdown's signs are escaped. Underscores inside a word need no escape. */
function escaped(text: string): string {
  return text.replaceAll(/[*<>[\]|]/g, "\\$&");
}
