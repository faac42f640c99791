/** A host's system, user of ssh and further addresses. */

import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormAddress, FormHost } from "./form-model.ts";
import { valuesOf } from "./values-of.ts";

interface DetailsProps {
  readonly host: FormHost;
  readonly commonOs: string;
  readonly commonUser: string;
}

export function HostDetails({ host, commonOs, commonUser }: DetailsProps) {
  const { name } = host;
  const path = ["hosts", name] as const;
  const systems = valuesOf("os").map((value) => ({ value, text: value }));
  const common = commonOs === "" ? t("form.host.os.none") : t("form.host.os.common", { os: commonOs });
  return (
    <div class="row-details">
      <SelectField
        label={t("form.host.os")}
        value={host.os}
        path={[...path, "os"]}
        options={[{ value: "", text: common }, ...systems]}
        edit={(value) => editForm({ kind: "set", path: [...path, "os"], value: value || undefined })}
      />
      <TextField
        label={t("form.host.ssh")}
        value={host.sshUser}
        path={[...path, "ssh", "user"]}
        placeholder={commonUser || "root"}
        edit={(value) => editForm({ kind: "set", path: [...path, "ssh", "user"], value: value || undefined })}
      />
      {host.moreAddresses.map((address, at) => (
        <MoreAddress key={at} host={name} address={address} />
      ))}
      <button
        type="button"
        class="button small"
        onClick={() => editForm({ kind: "add-address", host: name })}
      >
        <Icon name="add" />
        {t("form.address.add")}
      </button>
    </div>
  );
}

function MoreAddress({ host, address }: { readonly host: string; readonly address: FormAddress }) {
  const { interface: own, index, value } = address;
  const place = { host, interface: own, index };
  const path = ["hosts", host, "interfaces", own, ...(index === null ? [] : [index])];
  const remove = t("form.address.remove", { address: `${own} ${value}` });
  return (
    <div class="more-address">
      <TextField
        label={t("form.host.interface")}
        value={own}
        path={["hosts", host, "interfaces", own, ...(index === null ? ["key"] : [index, "key"])]}
        class="short"
        isLate
        refusal={(text) => (text === "" ? t("form.empty") : null)}
        edit={(to) => editForm({ kind: "move-address", ...place, to })}
      />
      <TextField
        label={t("form.host.address")}
        value={value}
        path={path}
        edit={(text) => editForm({ kind: "change-address", ...place, value: text })}
      />
      <button
        type="button"
        class="bare"
        aria-label={remove}
        title={remove}
        onClick={() => editForm({ kind: "remove-address", ...place })}
      >
        <Icon name="remove" />
      </button>
    </div>
  );
}
