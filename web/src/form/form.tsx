/** A form for the common case. Properties without a field stay in the text as they are. */

import { useEffect, useRef } from "preact/hooks";
import { Explain } from "../guide/explain.tsx";
import { meaningOf } from "../guide/meanings.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { form, isReadable } from "../state/state.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormModel } from "./form-model.ts";
import { HostList } from "./host-list.tsx";
import { numberOf } from "./number-of.ts";
import { ServiceList } from "./service-list.tsx";
import { valuesOf } from "./values-of.ts";

export function Form() {
  const model = form.value;
  const box = useRef<HTMLFormElement>(null);
  useFieldInSight(box);
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

/** When the list of problems below grows, the field that one is in stays in sight. */
function useFieldInSight(box: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const own = box.current;
    if (own === null) return;
    const observer = new ResizeObserver(() => {
      const focused = document.activeElement;
      if (focused !== null && own.contains(focused))
        (focused.closest(".field") ?? focused).scrollIntoView({ block: "nearest" });
    });
    observer.observe(own);
    return () => observer.disconnect();
  }, []);
}

function ClusterFields({ model }: { readonly model: FormModel }) {
  const systems = valuesOf("os").map((value) => ({ value, text: value }));
  const setEngine = (value: string) => editForm({ kind: "set", path: ["directors", "engine"], value });
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
          edit={(value) => editForm({ kind: "set", path: ["defaults", "os"], value: value || undefined })}
        />
        <TextField
          label={t("form.ssh")}
          value={model.sshUser}
          path={["defaults", "ssh", "user"]}
          placeholder="root"
          edit={(value) =>
            editForm({ kind: "set", path: ["defaults", "ssh", "user"], value: value || undefined })
          }
        />
        <SelectField
          label={t("form.engine")}
          beside={
            <Explain choice="engine" label={t("form.engine")} chosen={model.engine} choose={setEngine} />
          }
          class="wide"
          value={model.engine}
          path={["directors", "engine"]}
          options={[
            { value: "ipvsadm", text: t("engine.ipvsadm") },
            { value: "keepalived", text: t("engine.keepalived") },
          ]}
          hint={meaningOf("engine", model.engine)}
          edit={setEngine}
        />
        {model.engine === "keepalived" && !model.isAnnounced && (
          <TextField
            label={t("form.vrrp")}
            value={model.virtualRouterId}
            path={["directors", "vrrp", "virtualRouterId"]}
            placeholder="51"
            isNumber
            hint={t("form.vrrp.hint")}
            edit={(text) =>
              editForm({ kind: "set", path: ["directors", "vrrp", "virtualRouterId"], value: numberOf(text) })
            }
          />
        )}
      </div>
      <MissingChecks model={model} />
    </section>
  );
}

/** keepalived without checks keeps sending clients to dead servers. */
function MissingChecks({ model: { engine, services } }: { readonly model: FormModel }) {
  const unchecked = services.filter(({ checkType, hasMark }) => checkType === "" && !hasMark);
  if (engine !== "keepalived" || unchecked.length === 0) return null;
  return (
    <p class="form-asks" role="status">
      <Icon name="warning" />
      <span>{t("form.check.missing", { names: unchecked.map(({ name }) => name).join(", ") })}</span>
      <button type="button" class="button small" onClick={() => editForm({ kind: "add-checks" })}>
        {t("form.check.add")}
      </button>
    </p>
  );
}
