/** The hosts, one row each. */

import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormHost, FormModel } from "./form-model.ts";
import { useFirstOf } from "./use-first-of.tsx";
import { valuesOf } from "./values-of.ts";

export function HostList({ model }: { readonly model: FormModel }) {
  const { shown, more } = useFirstOf(model.hosts);
  return (
    <section class="form-part" aria-labelledby="form-hosts" data-focus-part>
      <h2 id="form-hosts">{t("form.hosts")}</h2>
      <p class="soft">{t("form.hosts.hint")}</p>
      <ul class="rows">
        {shown.map((host, at) => (
          // By place: a new name keeps the row, and with it the focus.
          <HostRow key={at} host={host} commonOs={model.os} />
        ))}
      </ul>
      {more}
      <button
        type="button"
        class="button small"
        data-focus-home
        onClick={() => editForm({ kind: "add-host" })}
      >
        <Icon name="add" />
        {t("form.host.add")}
      </button>
    </section>
  );
}

function HostRow({ host, commonOs }: { readonly host: FormHost; readonly commonOs: string }) {
  const { name } = host;
  const path = ["hosts", name] as const;
  const systems = valuesOf("os").map((value) => ({ value, text: value }));
  const common = commonOs === "" ? t("form.host.os.none") : t("form.host.os.common");
  return (
    <li class="row host-row" aria-label={t("form.host", { name })}>
      <TextField
        label={t("form.host.name")}
        value={name}
        path={path}
        isLate
        edit={(to) => editForm({ kind: "rename-host", from: name, to })}
      />
      <TextField
        label={t("form.host.interface")}
        value={host.interface}
        path={[...path, "interfaces"]}
        class="short"
        isLate
        edit={(to) => editForm({ kind: "rename-interface", host: name, from: host.interface, to })}
      />
      <TextField
        label={t("form.host.address")}
        value={host.address}
        path={[...path, "interfaces", host.interface]}
        edit={(value) => editForm({ kind: "set-address", host: name, interface: host.interface, value })}
      />
      <SelectField
        label={t("form.host.os")}
        value={host.os}
        path={[...path, "os"]}
        options={[{ value: "", text: common }, ...systems]}
        edit={(value) =>
          editForm({ kind: "set", path: [...path, "os"], value: value === "" ? undefined : value })
        }
      />
      <label class="check">
        <input
          type="checkbox"
          checked={host.isDirector}
          onChange={(event) =>
            editForm({ kind: "set-director", host: name, isDirector: event.currentTarget.checked })
          }
        />
        {t("form.host.director")}
      </label>
      <button
        type="button"
        class="bare"
        aria-label={t("form.host.remove", { name })}
        title={t("form.host.remove", { name })}
        onClick={() => editForm({ kind: "remove-host", host: name })}
      >
        <Icon name="remove" />
      </button>
      {host.moreAddresses > 0 && (
        <p class="soft row-note">{t("form.host.more", { count: host.moreAddresses })}</p>
      )}
    </li>
  );
}
