/** Starts from what runs today, pasted or dropped. */

import { useSignal } from "@preact/signals";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { openNamed } from "../state/actions.ts";
import { call } from "../worker/main-worker.ts";
import type { ImportResult, ImportSource } from "../worker/protocol.ts";
import { Dialog } from "./dialog.tsx";
import { readFiles } from "./read-files.ts";

interface ImportProps {
  readonly close: () => void;
  /** What was dropped on the page. */
  readonly dropped?: readonly ImportSource[];
}

export function ImportDialog({ close, dropped = [] }: ImportProps) {
  const text = useSignal(dropped.length === 1 ? (dropped[0]?.text ?? "") : "");
  const files = useSignal<readonly ImportSource[]>(dropped);
  const result = useSignal<ImportResult | null>(null);
  const run = async (sources: readonly ImportSource[]) => {
    const [first, ...more] = sources;
    if (first === undefined) return;
    const imported = await call("import", [first, ...more]);
    result.value = imported;
    if (imported.topology === null) return;
    openNamed(first.name, imported.topology);
    if (imported.notes.length === 0) close();
  };
  const take = async (list: Iterable<File>) => {
    files.value = await readFiles(list);
    text.value = files.value.length === 1 ? (files.value[0]?.text ?? "") : "";
    await run(files.value);
  };
  return (
    <Dialog title={t("import.title")} close={close}>
      <p class="soft">{t("import.hint")}</p>
      <label class="stacked">
        <span>{t("import.text")}</span>
        <textarea
          rows={8}
          spellcheck={false}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="dialog-tools">
        <label class="button file-button">
          <Icon name="import" />
          {t("import.files")}
          <input
            type="file"
            multiple
            class="unseen"
            onChange={(event) => void take(event.currentTarget.files ?? [])}
          />
        </label>
        <button
          type="button"
          class="button main"
          disabled={text.value.trim() === ""}
          onClick={() => void run([{ name: "text", text: text.value }])}
        >
          {t("import.do")}
        </button>
      </div>
      {result.value !== null && <Notes result={result.value} />}
    </Dialog>
  );
}

function Notes({ result: { topology, notes } }: { readonly result: ImportResult }) {
  return (
    <section class="import-notes" aria-label={t("import.notes")} role="status">
      <h3>{t(topology === null ? "import.failed" : "import.notes")}</h3>
      <ul>
        {notes.map(({ severity, code, place, message, hint }) => (
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
      </ul>
    </section>
  );
}
