/** What all edits since the first topology change, and for whom. */

import type { ComponentChildren } from "preact";
import type { Comparison } from "../../../src/diff/compare-clusters.ts";
import { t } from "../i18n/words.ts";
import { compareFromHere } from "../state/actions.ts";
import { changes } from "../state/state.ts";

export function Changes() {
  const comparison = changes.value?.comparison;
  if (comparison === undefined) return null;
  if (comparison.changes.length === 0 && comparison.hosts.length === 0)
    return <p class="empty">{t("changes.none")}</p>;
  return (
    <div class="changes">
      <div class="file-head">
        <span class="soft">{t("changes.hint")}</span>
        <span class="file-tools">
          <button type="button" class="button small" onClick={compareFromHere}>
            {t("changes.since")}
          </button>
        </span>
      </div>
      <Subjects comparison={comparison} />
      {comparison.hosts.length > 0 && <ChangedFiles comparison={comparison} />}
    </div>
  );
}

function Subjects({ comparison }: { readonly comparison: Comparison }) {
  const subjects = [...new Set(comparison.changes.map(({ subject }) => subject))];
  return subjects.map((subject) => (
    <section key={subject} class="subject">
      <h2>{subject}</h2>
      <ul>
        {comparison.changes
          .filter((change) => change.subject === subject)
          .map(({ what, effect, connections }) => (
            <li key={what}>
              <p>
                <span class={`fate fate-${connections.replace(" ", "-")}`}>{t(`fate.${connections}`)}</span>{" "}
                {withArrows(what)}
              </p>
              <p class="soft">{effect}</p>
            </li>
          ))}
      </ul>
    </section>
  ));
}

/** Lines end before an arrow or behind it, not in it. */
function withArrows(text: string): ComponentChildren {
  const [first, ...more] = text.split("->");
  return [
    first,
    ...more.flatMap((part, at) => [
      <span key={at} class="arrow">
        {"->"}
      </span>,
      part,
    ]),
  ];
}

function ChangedFiles({ comparison: { hosts } }: { readonly comparison: Comparison }) {
  return (
    <section class="subject">
      <h2>{t("changes.files")}</h2>
      <ul>
        {hosts.map(({ name, files }) => (
          <li key={name}>
            <strong>{name}</strong>{" "}
            <span class="code">
              {files
                .map(({ path, is }) => (is === "changed" ? path : `${path} (${t(`changes.${is}`)})`))
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
