/** Starts from what runs today, pasted or dropped. */

import { useEffect } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import type { ImportResult } from "../worker/protocol.ts";
import { patience } from "../worker/silence.ts";
import { Dialog, DialogError } from "./dialog.tsx";
import {
  cancel,
  draft,
  failure,
  files,
  importDraft,
  importFiles,
  isSilent,
  leave,
  problems,
  result,
  running,
} from "./importing.ts";

/** Notes in the list; the imported topology has them all as comments. */
const shown = 100;

export function ImportDialog({ close }: { readonly close: () => void }) {
  useEffect(() => leave, []);
  return (
    <Dialog title={t("import.title")} close={close}>
      <p class="soft">{t("import.hint")}</p>
      <label class="stacked">
        <span>{t("import.text")}</span>
        <textarea
          rows={8}
          spellcheck={false}
          value={draft.value}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
        />
      </label>
      {files.value.length > 0 && <p class="soft">{files.value.map(({ name }) => name).join(", ")}</p>}
      {problems.value.map(({ key, name }) => (
        <DialogError key={name} text={t(key, { name })} />
      ))}
      <DialogError text={failure.value === null ? null : t("import.broken", { reason: failure.value })} />
      <DialogError text={isSilent.value ? t("import.silent", { seconds: patience }) : null} />
      {running.value === null ? <Tools /> : <Running characters={running.value} />}
      {result.value !== null && <Found result={result.value} />}
    </Dialog>
  );
}

function Tools() {
  return (
    <div class="dialog-tools">
      <label class="button file-button">
        <Icon name="import" />
        {t("import.files")}
        <input
          type="file"
          multiple
          class="unseen"
          onChange={(event) => void importFiles(event.currentTarget.files ?? [])}
        />
      </label>
      <button
        type="button"
        class="button main"
        disabled={draft.value.trim() === "" && files.value.length === 0}
        onClick={() => void importDraft()}
      >
        {t("import.do")}
      </button>
    </div>
  );
}

function Running({ characters }: { readonly characters: number }) {
  const words = t("import.running", { count: characters.toLocaleString() });
  return (
    <div class="dialog-tools">
      <span class="soft" role="status">
        {words}
      </span>
      <progress aria-label={words} />
      <button type="button" class="button" onClick={cancel}>
        {t("import.cancel")}
      </button>
    </div>
  );
}

function Found({ result: { topology, notes, found } }: { readonly result: ImportResult }) {
  return (
    <section class="import-notes" aria-label={t("import.notes")} role="status">
      <h3>{t("import.found")}</h3>
      <p>{found.sources.map(({ name, kind }) => t(`import.kind.${kind}`, { name })).join(" ")}</p>
      {found.counts !== null && <p>{t("import.counts", { ...found.counts })}</p>}
      {(topology === null || notes.length > 0) && (
        <h3>{t(topology === null ? "import.failed" : "import.notes")}</h3>
      )}
      <ul>
        {notes.slice(0, shown).map(({ severity, code, place, message, hint }) => (
          <li key={`${place} ${code} ${message}`} class={`problem problem-${severity}`}>
            <Icon name={severity} />
            <div>
              <p>
                <span class="code">
                  {code} {place}
                </span>{" "}
                {message}
              </p>
              <p class="soft">{hint}</p>
            </div>
          </li>
        ))}
        {notes.length > shown && <li class="soft">{t("problems.more", { count: notes.length - shown })}</li>}
      </ul>
    </section>
  );
}
