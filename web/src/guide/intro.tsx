/** What this page is, in two sentences, with ways to learn more; closed until somebody asks for it again. */

import { signal } from "@preact/signals";
import { openDialog } from "../dialogs/dialog-name.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { remember, remembered } from "../state/memory.ts";
import { repository, version } from "../version.ts";

const isOpen = signal(remembered("intro") !== "closed");

export function toggleIntro(): void {
  isOpen.value = !isOpen.value;
  remember("intro", isOpen.value ? "open" : "closed");
}

const pages = [
  ["tutorial.html", "intro.tutorial"],
  ["glossary.html", "intro.glossary"],
  ["topology.html", "intro.settings"],
  ["rules.html", "intro.rules"],
] as const;

export function Intro() {
  if (!isOpen.value) return null;
  return (
    <section class="intro" aria-label={t("intro.title")}>
      <div>
        <p>{t("intro.text")}</p>
        <p class="intro-links">
          <button
            type="button"
            class="link"
            onClick={() => {
              openDialog.value = "start";
            }}
          >
            {t("intro.example")}
          </button>
          {pages.map(([page, key]) => (
            <Away key={page} href={`./docs/${page}`} text={t(key)} />
          ))}
          {repository !== "" && <Away href={repository} text={t("intro.repository")} />}
          <Away href="./docs/changelog.html" text={`lvsgen ${version}`} />
        </p>
      </div>
      <button
        type="button"
        class="bare"
        aria-label={t("intro.close")}
        title={t("intro.close")}
        onClick={toggleIntro}
      >
        <Icon name="remove" />
      </button>
    </section>
  );
}

/** In a new tab: the topology at hand stays where it is. */
export function Away({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
