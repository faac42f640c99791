/** What a first real service needs beside its port: a health check, persistence, a sorry server. */

import { t } from "../i18n/words.ts";
import { editForm } from "../state/actions.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormService } from "./form-model.ts";
import { numberOf, valuesOf } from "./values-of.ts";

interface ExtrasProps {
  readonly service: FormService;
  readonly at: number;
  readonly engine: string;
  /** Id of the datalist of all hosts. */
  readonly hosts: string;
}

export function ServiceExtras({ service, at, engine, hosts }: ExtrasProps) {
  const path = ["virtualServices", at] as const;
  const isKeepalived = engine === "keepalived";
  return (
    <>
      {(isKeepalived || service.check !== "") && <Check service={service} at={at} isWanted={isKeepalived} />}
      <TextField
        label={t("form.persistence")}
        value={service.persistence}
        path={[...path, "persistence"]}
        placeholder={t("form.none")}
        edit={(value) => editForm({ kind: "set-persistence", service: at, value: numberOf(value) ?? "" })}
      />
      {(isKeepalived || service.sorryServer !== "") && (
        <TextField
          label={t("form.sorry")}
          value={service.sorryServer}
          path={[...path, "sorryServer"]}
          placeholder={t("form.none")}
          list={hosts}
          isLate
          edit={(target) => editForm({ kind: "set-sorry", service: at, target })}
        />
      )}
    </>
  );
}

interface CheckProps {
  readonly service: FormService;
  readonly at: number;
  readonly isWanted: boolean;
}

function Check({ service, at, isWanted }: CheckProps) {
  const path = ["virtualServices", at, "healthCheck"] as const;
  const types = valuesOf("healthCheck", "type")
    // That one needs a program, in the text.
    .filter((type) => type !== "script")
    .map((value) => ({ value, text: value }));
  return (
    <>
      <SelectField
        label={t("form.check")}
        value={service.check}
        path={path}
        options={[{ value: "", text: t("form.check.none") }, ...types]}
        note={isWanted && service.check === "" ? t("form.check.ask") : null}
        edit={(type) => editForm({ kind: "set-check", service: at, type })}
      />
      {service.check.startsWith("http") && (
        <TextField
          label={t("form.check.path")}
          value={service.checkPath}
          path={[...path, "path"]}
          placeholder="/"
          edit={(value) =>
            editForm({ kind: "set", path: [...path, "path"], value: value === "" ? undefined : value })
          }
        />
      )}
    </>
  );
}
