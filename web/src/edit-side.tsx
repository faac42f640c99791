/** The topology: as a form and as text, in step with each other. */

import { TextEditor } from "./editor/text-editor.tsx";
import { Form } from "./form/form.tsx";
import { t } from "./i18n/words.ts";
import { Icon } from "./icons.tsx";
import { Copy } from "./output/copy.tsx";
import { downloadTopology } from "./output/download.ts";
import { Problems } from "./problems.tsx";
import { convertTo, redo, undo } from "./state/actions.ts";
import { history, redraws, side, topology } from "./state/state.ts";
import { Tabs } from "./tabs.tsx";

export function EditSide() {
  return (
    <section class="side edit-side" aria-label={t("edit.label")}>
      <div class="side-head">
        <h2 class="wide-title">{t("edit.label")}</h2>
        <Tabs
          label={t("edit.label")}
          panel="edit"
          chosen={side.value}
          choose={(chosen) => {
            side.value = chosen;
          }}
          tabs={[
            { id: "form", label: t("edit.form") },
            { id: "text", label: t("edit.text") },
          ]}
        />
        <span class="edit-tools">
          <History />
          <Copy text={topology.value.text} label="edit.copy" class="bare" isBare />
          <button
            type="button"
            class="bare"
            aria-label={t("edit.save")}
            title={t("edit.save")}
            onClick={downloadTopology}
          >
            <Icon name="download" />
          </button>
        </span>
        <Format />
      </div>
      <div id="edit" class="edit-panel" role="tabpanel" aria-label={t("edit.label")} data-side={side.value}>
        <Form />
        <TextEditor />
      </div>
      <Problems />
    </section>
  );
}

function History() {
  const { past, future } = history.value;
  return (
    <>
      <Travel name="undo" isThere={past.length > 0} run={undo} />
      <Travel name="redo" isThere={future.length > 0} run={redo} />
    </>
  );
}

interface TravelProps {
  readonly name: "undo" | "redo";
  readonly isThere: boolean;
  readonly run: () => void;
}

/** Not disabled where there is nothing: the focus would fall to the page. */
function Travel({ name, isThere, run }: TravelProps) {
  return (
    <button
      type="button"
      class="bare"
      aria-label={t(`history.${name}`)}
      title={t(`history.${name}.keys`)}
      aria-disabled={!isThere}
      onClick={run}
    >
      <Icon name={name} />
    </button>
  );
}

const formats = { yaml: "YAML", json: "JSON" } as const;

function Format() {
  void redraws.value;
  const chosen = topology.value.name.endsWith(".json") ? "json" : "yaml";
  return (
    <fieldset class="format">
      <legend class="unseen">{t("edit.format")}</legend>
      {(["yaml", "json"] as const).map((format) => (
        <label key={format} class="chip">
          <input type="radio" name="format" checked={chosen === format} onChange={() => convertTo(format)} />
          <span>{formats[format]}</span>
        </label>
      ))}
    </fieldset>
  );
}
