/** What a service has beside its servers: a health check, persistence, a sorry server. */

import { usesSetting } from "../../../src/rules/health-checks.ts";
import type { CheckType } from "../../../src/topology/model.ts";
import { valuesOfChoice } from "../guide/choices.ts";
import { Explain } from "../guide/explain.tsx";
import { meaningOf } from "../guide/meanings.ts";
import { t } from "../i18n/words.ts";
import { editForm } from "../state/actions.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormService } from "./form-model.ts";
import { numberOf } from "./number-of.ts";
import { hostNames } from "./servers.tsx";

interface SettingsProps {
  readonly service: FormService;
  readonly at: number;
  readonly engine: string;
}

export function ServiceSettings({ service, at, engine }: SettingsProps) {
  const path = ["virtualServices", at];
  return (
    <div class="service-settings">
      <HealthCheck service={service} at={at} engine={engine} />
      <TextField
        label={t("form.persistence")}
        value={service.persistence}
        path={[...path, "persistence", "timeout"]}
        placeholder={t("form.persistence.none")}
        hint={service.persistence === "" ? t("form.persistence.hint") : null}
        edit={(text) => editForm({ kind: "set-persistence", service: at, value: numberOf(text) })}
      />
      <TextField
        label={t("form.sorry")}
        value={service.sorryServer}
        path={[...path, "sorryServer", ...(service.sorryKey === "sorryServer" ? [] : [service.sorryKey])]}
        placeholder={t("form.sorry.none")}
        list={hostNames}
        isLate
        hint={engine === "keepalived" && service.sorryServer === "" ? t("form.sorry.hint") : null}
        edit={(target) => editForm({ kind: "set-sorry", service: at, target })}
      />
    </div>
  );
}

function checkHint(type: string, engine: string): string | null {
  if (engine !== "keepalived") return t("form.check.keepalived");
  return type === "" ? null : meaningOf("check", type);
}

function HealthCheck({ service, at, engine }: SettingsProps) {
  const path = ["virtualServices", at, "healthCheck"];
  const { checkType } = service;
  const hasPath = checkType !== "" && usesSetting(checkType as CheckType, "path");
  const set = (type: string) => editForm({ kind: "set-check", service: at, type });
  return (
    <>
      <SelectField
        label={t("form.check")}
        beside={<Explain choice="check" label={t("form.check")} chosen={checkType} choose={set} />}
        value={checkType}
        path={[...path, "type"]}
        options={[
          { value: "", text: t("form.check.none") },
          ...valuesOfChoice("check").map((value) => ({ value, text: value })),
        ]}
        hint={checkHint(checkType, engine)}
        edit={set}
      />
      {hasPath && (
        <TextField
          label={t("form.check.path")}
          value={service.checkPath}
          path={[...path, "path"]}
          placeholder="/"
          edit={(text) => editForm({ kind: "set", path: [...path, "path"], value: text || undefined })}
        />
      )}
      {checkType !== "" && (
        <TextField
          label={t("form.check.interval")}
          value={service.checkInterval}
          path={[...path, "interval"]}
          placeholder="3"
          edit={(text) => editForm({ kind: "set", path: [...path, "interval"], value: numberOf(text) })}
        />
      )}
    </>
  );
}
