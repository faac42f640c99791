/** A comparison for people: services first. */

import type { Comparison, Fate } from "./compare-clusters.ts";

const verdicts: Readonly<Record<Fate, string>> = {
  ended: "Some open connections end.",
  "at risk": "Open connections may end.",
  draining: "Open connections finish; some servers get no new ones.",
  kept: "Open connections stay.",
  none: "No connected client notices.",
};

export function comparisonText({ changes, hosts, connections }: Comparison): string {
  const subjects = [...new Set(changes.map(({ subject }) => subject))];
  const blocks = subjects.map((subject) => [
    subject,
    ...changes
      .filter((change) => change.subject === subject)
      .flatMap((change) => [`  ${mark[change.connections]} ${change.what}`, `       ${change.effect}`]),
  ]);
  const files =
    hosts.length === 0
      ? ["no host's files change"]
      : [
          "files",
          ...hosts.map(
            ({ name, files: own }) =>
              `    ${name}: ${own.map(({ path, is }) => (is === "changed" ? path : `${path} (${is})`)).join(", ")}`,
          ),
        ];
  return `${[...blocks, files, [verdicts[connections]]].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** What catches the eye: connections end, may end, or do not. */
const mark: Readonly<Record<Fate, string>> = {
  ended: "!!",
  "at risk": " !",
  draining: " ~",
  kept: "  ",
  none: "  ",
};
