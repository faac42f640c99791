/** The virtual services, one card each. */

import { pointerOf } from "../../../src/base/json-pointer.ts";
import { Explain } from "../guide/explain.tsx";
import { meaningOf } from "../guide/meanings.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormModel, FormService } from "./form-model.ts";
import { Rows } from "./rows.tsx";
import { hostNames, Servers } from "./servers.tsx";
import { ServiceSettings } from "./service-settings.tsx";
import type { Path } from "./steps.ts";
import { valuesOf } from "./values-of.ts";

export function ServiceList({ model }: { readonly model: FormModel }) {
  return (
    <section class="form-part" aria-labelledby="form-services">
      <h2 id="form-services">{t("form.services")}</h2>
      <p class="soft">{t("form.services.hint")}</p>
      <datalist id={hostNames}>
        {model.hosts.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Rows
        class="cards"
        items={model.services}
        pointer={(_, at) => pointerOf("virtualServices", at)}
        row={(service, at) => <ServiceCard key={at} service={service} at={at} engine={model.engine} />}
        empty={t("form.services.empty")}
        addLabel={t("form.service.add")}
        add={() => editForm({ kind: "add-service" })}
      />
    </section>
  );
}

function set(path: Path): (value: string) => void {
  return (value) => editForm({ kind: "set", path, value });
}

const same = (value: string) => ({ value, text: value });

interface CardProps {
  readonly service: FormService;
  readonly at: number;
  readonly engine: string;
}

function ServiceCard({ service, at, engine }: CardProps) {
  const path = ["virtualServices", at] as const;
  const { name } = service;
  return (
    <li class="card" aria-label={t("form.service", { name })}>
      <div class="service-fields">
        <TextField
          label={t("form.service.name")}
          value={name}
          path={[...path, "name"]}
          edit={set([...path, "name"])}
        />
        <TextField
          label={t("form.service.vip")}
          value={service.vip}
          path={[...path, "vip"]}
          edit={set([...path, "vip"])}
        />
        {service.hasMark ? (
          <p class="field soft">{t("form.service.mark")}</p>
        ) : (
          <TextField
            label={t("form.service.port")}
            value={service.port}
            path={[...path, service.portKey]}
            class="short"
            isNumber={service.portKey === "port"}
            edit={(value) => editForm({ kind: "set-port", service: at, value })}
          />
        )}
        <SelectField
          label={t("form.service.protocol")}
          value={service.protocol}
          path={[...path, "protocol"]}
          class="short"
          options={valuesOf("virtualService", "protocol").map(same)}
          edit={(value) =>
            editForm({
              kind: "set",
              path: [...path, "protocol"],
              value: value.includes(",") ? value.split(", ") : value,
            })
          }
        />
        <ForwardingAndScheduler service={service} path={path} />
      </div>
      <Meanings service={service} />
      <Servers servers={service.servers} at={at} path={[...path, "realServers"]} />
      <ServiceSettings service={service} at={at} engine={engine} />
      <button
        type="button"
        class="bare row-remove"
        aria-label={t("form.service.remove", { name })}
        title={t("form.service.remove", { name })}
        onClick={() => editForm({ kind: "remove-service", at })}
      >
        <Icon name="remove" />
      </button>
    </li>
  );
}

function ForwardingAndScheduler({ service, path }: { readonly service: FormService; readonly path: Path }) {
  const setForwarding = set([...path, "forwarding"]);
  const setScheduler = set([...path, "scheduler"]);
  return (
    <>
      <SelectField
        label={t("form.service.method")}
        beside={
          <Explain
            choice="forwarding"
            label={t("form.service.method")}
            chosen={service.forwarding}
            choose={setForwarding}
          />
        }
        value={service.forwarding}
        path={[...path, "forwarding"]}
        class="wide"
        options={(["dr", "nat", "tun"] as const).map((value) => ({ value, text: t(`method.${value}`) }))}
        edit={setForwarding}
      />
      <SelectField
        label={t("form.service.scheduler")}
        beside={
          <Explain
            choice="scheduler"
            label={t("form.service.scheduler")}
            chosen={service.scheduler}
            choose={setScheduler}
          />
        }
        value={service.scheduler}
        path={[...path, "scheduler"]}
        class="short"
        options={valuesOf("virtualService", "scheduler").map(same)}
        edit={setScheduler}
      />
    </>
  );
}

/** What the chosen values mean. */
function Meanings({ service: { forwarding, scheduler } }: { readonly service: FormService }) {
  return (
    <p class="meanings soft">
      <span class="code">{forwarding}</span> {meaningOf("forwarding", forwarding)}{" "}
      <span class="code">{scheduler}</span> {meaningOf("scheduler", scheduler)}
    </p>
  );
}
