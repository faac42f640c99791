/** A comparison for people: services first. */

import { inLanguage, phrase, say } from "../languages/say.ts";
import type { Comparison, Fate } from "./compare-clusters.ts";

const verdicts: Readonly<Record<Fate, string>> = {
  ended: phrase`Some open connections end.`,
  "at risk": phrase`Open connections may end.`,
  draining: phrase`Open connections finish; some servers get no new ones.`,
  kept: phrase`Open connections stay.`,
  none: phrase`No connected client notices.`,
};

const changeOf = { added: phrase`added`, removed: phrase`removed` } as const;

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
      ? [say`no host's files change`]
      : [
          say`files`,
          ...hosts.map(
            ({ name, files: own }) =>
              `    ${name}: ${own.map(({ path, is }) => (is === "changed" ? path : `${path} (${inLanguage(changeOf[is])})`)).join(", ")}`,
          ),
        ];
  return `${[...blocks, files, [inLanguage(verdicts[connections])]].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** What catches the eye: connections end, may end, or do not. */
const mark: Readonly<Record<Fate, string>> = {
  ended: "!!",
  "at risk": " !",
  draining: " ~",
  kept: "  ",
  none: "  ",
};
