/** All findings of the schema and the rules, with what to do about them. */

import { useSignal } from "@preact/signals";
import { goTo } from "./editor/go-to.ts";
import { reveal } from "./form/reveal.ts";
import { t } from "./i18n/words.ts";
import { Icon } from "./icons.tsx";
import { Meant } from "./meant.tsx";
import { counts, diagnostics, form, phonePart } from "./state/state.ts";
import type { PageDiagnostic } from "./worker/protocol.ts";

/** Findings in the list; more would not help. */
const shown = 50;

export function Problems() {
  const isClosed = useSignal(false);
  const { errors, warnings } = counts.value;
  const all = diagnostics.value;
  const isKnown = form.value !== null || all.length > 0;
  const none = t(isKnown ? "problems.none" : "result.soon");
  const title = all.length === 0 ? none : t("problems.count", { errors, warnings });
  const toggle = t(isClosed.value ? "problems.show" : "problems.hide");
  return (
    <section class="problems" aria-label={t("problems.title")}>
      <div class="problems-head">
        <p
          class={`problems-title ${errors > 0 ? "has-errors" : warnings > 0 ? "has-warnings" : isKnown ? "is-good" : ""}`}
          role="status"
        >
          {isKnown && <Icon name={errors > 0 ? "error" : warnings > 0 ? "warning" : "good"} />}
          {title}
        </p>
        {all.length > 0 && (
          <button
            type="button"
            class="bare"
            aria-label={toggle}
            title={toggle}
            aria-expanded={!isClosed.value}
            onClick={() => {
              isClosed.value = !isClosed.value;
            }}
          >
            <Icon name={isClosed.value ? "up" : "down"} />
          </button>
        )}
      </div>
      {all.length > 0 && !isClosed.value && (
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

function Problem({ diagnostic }: { readonly diagnostic: PageDiagnostic }) {
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
        <Meant diagnostic={diagnostic} />
      </div>
      <span class="problem-links">
        <a href={`./docs/rules.html#${code.toLowerCase()}`} target="_blank" rel="noreferrer" class="code">
          {code}
        </a>
        <button type="button" class="link" onClick={() => void show(diagnostic)}>
          {t("problems.go", { line })}
        </button>
      </span>
    </li>
  );
}

/** In the form if that is where one is and it has a field for it, otherwise in the text. */
async function show(diagnostic: PageDiagnostic): Promise<void> {
  phonePart.value = "edit";
  const isInForm = isShown(".form") && !(lastPlace === "text" && isShown(".text-editor"));
  if (isInForm && (await reveal(diagnostic.pointer))) return;
  goTo(diagnostic);
}

function isShown(selector: string): boolean {
  return document.querySelector(selector)?.checkVisibility({ visibilityProperty: true }) ?? false;
}

/** On wide pages form and text are side by side: the one that had the focus last. */
let lastPlace: "form" | "text" = "form";

addEventListener("focusin", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest(".text-editor") !== null) lastPlace = "text";
  else if (target.closest(".form") !== null) lastPlace = "form";
});
