/** The page: the topology on the left, its results on the right. */

import { useSignalEffect } from "@preact/signals";
import { Bar } from "./bar.tsx";
import { DropTarget } from "./dialogs/drop-target.tsx";
import { EditSide } from "./edit-side.tsx";
import { Intro } from "./guide/intro.tsx";
import { language, languages, t } from "./i18n/words.ts";
import { Notices } from "./notices.tsx";
import { ResultSide } from "./output/result-side.tsx";
import { phonePart } from "./state/state.ts";
import { Tabs } from "./tabs.tsx";

export function App() {
  useSignalEffect(() => {
    document.documentElement.lang = languages[language.value].tag;
    document.title = t("page.title");
  });
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        {t("page.skip")}
      </button>
      <Bar />
      <Intro />
      <nav class="phone-switch" aria-label={t("phone.label")}>
        <Tabs
          label={t("phone.label")}
          panel="main"
          chosen={phonePart.value}
          choose={(part) => {
            phonePart.value = part;
          }}
          tabs={[
            { id: "edit", label: t("phone.edit") },
            { id: "result", label: t("phone.result") },
          ]}
        />
      </nav>
      <main id="main" data-part={phonePart.value}>
        <EditSide />
        <ResultSide />
      </main>
      <Notices />
      <DropTarget />
    </>
  );
}

function skip(): void {
  phonePart.value = "result";
  requestAnimationFrame(() => document.getElementById("result")?.focus());
}
