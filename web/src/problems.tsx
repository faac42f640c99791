/** All findings of the schema and the rules, with what to do about them. */

import type { Diagnostic } from "../../src/topology/diagnostics.ts";
import { goTo } from "./editor/go-to.ts";
import { t } from "./i18n/words.ts";
import { Icon } from "./icons.tsx";
import { counts, diagnostics } from "./state/state.ts";

/** Findings in the list; more would not help. */
const shown = 50;

export function Problems() {
  const { errors, warnings } = counts.value;
  const all = diagnostics.value;
  const title = all.length === 0 ? t("problems.none") : t("problems.count", { errors, warnings });
  return (
    <section class="problems" aria-label={t("problems.title")}>
      <p
        class={`problems-title ${errors > 0 ? "has-errors" : warnings > 0 ? "has-warnings" : "is-good"}`}
        role="status"
      >
        <Icon name={errors > 0 ? "error" : warnings > 0 ? "warning" : "good"} />
        {title}
      </p>
      {all.length > 0 && (
        <ul>
          {all.slice(0, shown).map((each) => (
            <Problem key={`${each.line}:${each.column}:${each.code}:${each.pointer}`} diagnostic={each} />
          ))}
          {all.length > shown && <li class="soft">{t("problems.more", { count: all.length - shown })}</li>}
        </ul>
      )}
    </section>
  );
}

function Problem({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const { code, severity, line, message, hint } = diagnostic;
  return (
    <li class={`problem problem-${severity}`}>
      <Icon name={severity} />
      <div>
        <p>
          <span class="unseen">{t(`problems.${severity}`)}: </span>
          {message}
        </p>
        <p class="soft">{hint}</p>
      </div>
      <button type="button" class="link" onClick={() => goTo(diagnostic)}>
        <span class="code">{code}</span> {t("problems.go", { line })}
      </button>
    </li>
  );
}
