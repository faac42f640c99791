/** The hosts, one row each; what most hosts have in common is in a row's details. */

import { useSignal } from "@preact/signals";
import { pointerOf } from "../../../src/base/json-pointer.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { diagnostics, redraws } from "../state/state.ts";
import { TextField } from "./field.tsx";
import { type FormHost, type FormModel, namesOf } from "./form-model.ts";
import { HostDetails } from "./host-details.tsx";
import { isInside, wanted } from "./reveal.ts";
import { Rows } from "./rows.tsx";

export function HostList({ model }: { readonly model: FormModel }) {
  const names = new Set(model.hosts.flatMap(({ name }) => namesOf(name)));
  return (
    <section class="form-part" aria-labelledby="form-hosts">
      <h2 id="form-hosts">{t("form.hosts")}</h2>
      <p class="soft">{t("form.hosts.hint")}</p>
      <Rows
        class="rows"
        items={model.hosts}
        pointer={({ name }) => pointerOf("hosts", name)}
        row={(host, at) => <HostRow key={at} host={host} model={model} taken={names} />}
        empty={t("form.hosts.empty")}
        addLabel={t("form.host.add")}
        add={() => editForm({ kind: "add-host" })}
      />
    </section>
  );
}

interface HostRowProps {
  readonly host: FormHost;
  readonly model: FormModel;
  /** Names of all hosts. */
  readonly taken: ReadonlySet<string>;
}

function HostRow({ host, model, taken }: HostRowProps) {
  void redraws.value;
  const { name } = host;
  const path = ["hosts", name] as const;
  const opened = useSignal(false);
  const isOpen = opened.value || mustShow(host, model);
  const details = t("form.host.details", { name });
  return (
    <li class="row host-row" aria-label={t("form.host", { name })}>
      <TextField
        label={t("form.host.name")}
        value={name}
        path={path}
        isLate
        refusal={refusalOf(name, taken)}
        edit={(to) => editForm({ kind: "rename-host", from: name, to })}
      />
      <TextField
        label={t("form.host.interface")}
        value={host.interface}
        path={[...path, "interfaces"]}
        class="short"
        isLate
        refusal={(text) => (text === "" ? t("form.empty") : null)}
        edit={(to) => editForm({ kind: "rename-interface", host: name, from: host.interface, to })}
      />
      <TextField
        label={t("form.host.address")}
        value={host.address}
        path={[...path, "interfaces", host.interface, ...(host.isListed ? [0] : [])]}
        edit={(value) => editForm({ kind: "set-address", host: name, interface: host.interface, value })}
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
        class="bare row-open"
        aria-label={details}
        title={details}
        aria-expanded={isOpen}
        onClick={() => {
          opened.value = !isOpen;
        }}
      >
        <Icon name="more" />
      </button>
      <button
        type="button"
        class="bare row-remove"
        aria-label={t("form.host.remove", { name })}
        title={t("form.host.remove", { name })}
        onClick={() => editForm({ kind: "remove-host", host: name })}
      >
        <Icon name="remove" />
      </button>
      {isOpen ? (
        <HostDetails host={host} commonOs={model.os} commonUser={model.sshUser} />
      ) : (
        <Note host={host} />
      )}
    </li>
  );
}

/** How many hosts a range is, and what is in closed details. */
function Note({ host: { name, os, sshUser, moreAddresses } }: { readonly host: FormHost }) {
  const count = namesOf(name).length;
  const parts = [
    count > 1 ? t("form.host.range", { count }) : "",
    os,
    sshUser === "" ? "" : `ssh ${sshUser}`,
    ...moreAddresses.map(({ interface: own, value }) => `${own} ${value}`),
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : <p class="soft row-note">{parts.join(" · ")}</p>;
}

/** A problem, a place to show, or a system that is still to be chosen. */
function mustShow({ name, os, interface: own }: FormHost, model: FormModel): boolean {
  if (os === "" && model.os === "") return true;
  const host = pointerOf("hosts", name);
  const isHidden = (pointer: string | null) =>
    isInside(pointer, host) &&
    pointer !== host &&
    !isInside(pointer, pointerOf("hosts", name, "interfaces", own));
  return isHidden(wanted.value) || diagnostics.value.some(({ pointer }) => isHidden(pointer));
}

function refusalOf(own: string, taken: ReadonlySet<string>): (text: string) => string | null {
  return (text) => {
    if (text === "") return t("form.empty");
    const before = new Set(namesOf(own));
    const others = namesOf(text).filter((name) => taken.has(name) && !before.has(name));
    return others.length > 0 ? t("form.taken", { name: others[0] ?? "" }) : null;
  };
}
