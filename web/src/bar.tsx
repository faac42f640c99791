/** The bar at the top: start, import, share, download. */

import { closeDialog, type DialogName, openDialog } from "./dialogs/dialog-name.ts";
import { ImportDialog } from "./dialogs/import-dialog.tsx";
import { ShareDialog } from "./dialogs/share-dialog.tsx";
import { StartDialog } from "./dialogs/start-dialog.tsx";
import { toggleIntro } from "./guide/intro.tsx";
import type { Key } from "./i18n/en.ts";
import { type Language, language, languages, t } from "./i18n/words.ts";
import { Icon } from "./icons.tsx";
import { downloadZip } from "./output/download.ts";
import { chooseLanguage } from "./state/actions.ts";
import { cluster, isStale } from "./state/state.ts";
import { setTheme, type Theme, theme, themes } from "./state/theme.ts";

export function Bar() {
  const show = (dialog: DialogName) => () => {
    openDialog.value = dialog;
  };
  return (
    <header class="bar">
      <h1 class="brand" title={t("page.claim")}>
        <img src="./icon.svg" alt="" width="28" height="28" />
        <span>
          lvsgen<span class="brand-more"> playground</span>
        </span>
      </h1>
      <div class="bar-tools" role="toolbar" aria-label={t("bar.label")}>
        <Tool icon="start" label="bar.start" onClick={show("start")} />
        <Tool icon="import" label="bar.import" onClick={show("import")} />
        <Tool icon="share" label="bar.share" onClick={show("share")} />
        <Tool
          icon="download"
          label={isStale.value && cluster.value !== null ? "bar.download.stale" : "bar.download"}
          isMain
          isDisabled={cluster.value === null}
          onClick={() => void downloadZip(null)}
        />
      </div>
      <div class="bar-look">
        <button
          type="button"
          class="button bar-help"
          aria-label={t("bar.help")}
          title={t("bar.help")}
          onClick={toggleIntro}
        >
          ?
        </button>
        <label>
          <span class="unseen">{t("bar.language")}</span>
          <select value={language.value} onChange={(event) => void choose(event.currentTarget)}>
            {Object.entries(languages).map(([id, { name, tag }]) => (
              <option key={id} value={id} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="unseen">{t("bar.theme")}</span>
          <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
            {themes.map((each) => (
              <option key={each} value={each}>
                {t(`theme.${each}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {openDialog.value === "start" && <StartDialog close={closeDialog} />}
      {openDialog.value === "import" && <ImportDialog close={closeDialog} />}
      {openDialog.value === "share" && <ShareDialog close={closeDialog} />}
    </header>
  );
}

/** Where its words cannot be loaded, the language stays. */
async function choose(select: HTMLSelectElement): Promise<void> {
  await chooseLanguage(select.value as Language);
  select.value = language.peek();
}

interface ToolProps {
  readonly icon: "start" | "import" | "share" | "download";
  readonly label: Key;
  readonly isMain?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
}

/** A button that hides its text if space is short, and keeps its name for screen readers. */
function Tool({ icon, label, isMain = false, isDisabled = false, onClick }: ToolProps) {
  return (
    <button
      type="button"
      class={isMain ? "button main" : "button"}
      aria-label={t(label)}
      title={t(label)}
      disabled={isDisabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span class="tool-word">{t(label)}</span>
    </button>
  );
}
