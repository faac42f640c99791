/** A form for the common case. Properties without a field stay in the text as they are. */

import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { chooseEngine, editForm } from "../state/actions.ts";
import { form, isReadable } from "../state/state.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormModel } from "./form-model.ts";
import { HostList } from "./host-list.tsx";
import { keepFocus } from "./keep-focus.ts";
import { ServiceList } from "./service-list.tsx";
import { numberOf, valuesOf } from "./values-of.ts";

export function Form() {
  const model = form.value;
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => (box.current === null ? undefined : keepFocus(box.current)), []);
  return (
    <form ref={box} class="form" onSubmit={(event) => event.preventDefault()}>
      {!isReadable.value && (
        <p class="form-unreadable" role="alert">
          <Icon name="error" />
          {t("form.unreadable")}
        </p>
      )}
      {model !== null && (
        <fieldset class="form-body" disabled={!isReadable.value}>
          <legend class="unseen">{t("edit.form")}</legend>
          <ClusterFields model={model} />
          <HostList model={model} />
          <ServiceList model={model} />
        </fieldset>
      )}
    </form>
  );
}

function ClusterFields({ model }: { readonly model: FormModel }) {
  const systems = valuesOf("os").map((value) => ({ value, text: value }));
  return (
    <section class="form-part" aria-labelledby="form-cluster">
      <h2 id="form-cluster">{t("form.cluster")}</h2>
      <div class="cluster-fields">
        <TextField
          label={t("form.name")}
          value={model.name}
          path={["name"]}
          edit={(value) => editForm({ kind: "set", path: ["name"], value })}
        />
        <SelectField
          label={t("form.os")}
          value={model.os}
          path={["defaults", "os"]}
          options={[{ value: "", text: "—" }, ...systems]}
          edit={(value) =>
            editForm({ kind: "set", path: ["defaults", "os"], value: value === "" ? undefined : value })
          }
        />
        <SelectField
          label={t("form.engine")}
          value={model.engine}
          path={["directors", "engine"]}
          options={[
            { value: "ipvsadm", text: t("engine.ipvsadm") },
            { value: "keepalived", text: t("engine.keepalived") },
          ]}
          edit={chooseEngine}
        />
        <TextField
          label={t("form.sshUser")}
          value={model.sshUser}
          path={["defaults", "ssh", "user"]}
          placeholder="root"
          edit={(value) =>
            editForm({
              kind: "set",
              path: ["defaults", "ssh", "user"],
              value: value === "" ? undefined : value,
            })
          }
        />
        {model.engine === "keepalived" && (
          <TextField
            label={t("form.vrrp")}
            value={model.virtualRouterId}
            path={["directors", "vrrp", "virtualRouterId"]}
            placeholder="51"
            isNumber
            edit={(value) =>
              editForm({
                kind: "set",
                path: ["directors", "vrrp", "virtualRouterId"],
                value: numberOf(value),
              })
            }
          />
        )}
      </div>
    </section>
  );
}
