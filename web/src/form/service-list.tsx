/** The virtual services, one card each, with their real servers. */

import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { SelectField, TextField } from "./field.tsx";
import type { FormModel, FormServer, FormService } from "./form-model.ts";
import type { Path } from "./paths.ts";
import { ServiceExtras } from "./service-extras.tsx";
import { useFirstOf } from "./use-first-of.tsx";
import { numberOf, valuesOf } from "./values-of.ts";

const hostNames = "host-names";

export function ServiceList({ model }: { readonly model: FormModel }) {
  const { shown, more } = useFirstOf(model.services);
  return (
    <section class="form-part" aria-labelledby="form-services" data-focus-part>
      <h2 id="form-services">{t("form.services")}</h2>
      <p class="soft">{t("form.services.hint")}</p>
      <datalist id={hostNames}>
        {model.hosts.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul class="cards">
        {shown.map((service, at) => (
          <ServiceCard key={at} service={service} at={at} engine={model.engine} />
        ))}
      </ul>
      {more}
      <button
        type="button"
        class="button small"
        data-focus-home
        onClick={() => editForm({ kind: "add-service" })}
      >
        <Icon name="add" />
        {t("form.service.add")}
      </button>
    </section>
  );
}

function set(path: Path): (value: string) => void {
  return (value) => editForm({ kind: "set", path, value });
}

function setNumber(path: Path): (value: string) => void {
  return (value) => editForm({ kind: "set", path, value: numberOf(value) });
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
        <SelectField
          label={t("form.service.method")}
          value={service.forwarding}
          path={[...path, "forwarding"]}
          options={(["dr", "nat", "tun"] as const).map((value) => ({ value, text: t(`method.${value}`) }))}
          edit={set([...path, "forwarding"])}
        />
        <SelectField
          label={t("form.service.scheduler")}
          value={service.scheduler}
          path={[...path, "scheduler"]}
          class="short"
          options={valuesOf("virtualService", "scheduler").map(same)}
          edit={set([...path, "scheduler"])}
        />
        <ServiceExtras service={service} at={at} engine={engine} hosts={hostNames} />
      </div>
      <Servers servers={service.servers} at={at} path={[...path, "realServers"]} />
      <button
        type="button"
        class="bare card-remove"
        aria-label={t("form.service.remove", { name })}
        title={t("form.service.remove", { name })}
        onClick={() => editForm({ kind: "remove-service", at })}
      >
        <Icon name="remove" />
      </button>
    </li>
  );
}

interface ServersProps {
  readonly servers: readonly FormServer[];
  /** Of the service. */
  readonly at: number;
  readonly path: Path;
}

function Servers({ servers, at: service, path }: ServersProps) {
  const { shown, more } = useFirstOf(servers);
  return (
    <fieldset class="servers" data-focus-part>
      <legend>{t("form.servers")}</legend>
      <ul class="rows">
        {shown.map((server, at) => (
          <ServerRow key={at} server={server} service={service} at={at} path={[...path, at]} />
        ))}
      </ul>
      {more}
      <button
        type="button"
        class="button small"
        data-focus-home
        onClick={() => editForm({ kind: "add-server", service })}
      >
        <Icon name="add" />
        {t("form.server.add")}
      </button>
    </fieldset>
  );
}

interface ServerProps {
  readonly server: FormServer;
  readonly service: number;
  readonly at: number;
  readonly path: Path;
}

function ServerRow({ server, service, at, path }: ServerProps) {
  const name = server.target || `${at + 1}`;
  return (
    <li class="row server-row">
      <TextField
        label={t("form.server")}
        value={server.target}
        path={[...path, server.key]}
        list={hostNames}
        isLate
        edit={(target) => editForm({ kind: "set-server", service, at, target })}
      />
      <TextField
        label={t("form.server.port")}
        value={server.port}
        path={[...path, "port"]}
        class="short"
        placeholder={t("form.server.port.same")}
        isNumber
        edit={setNumber([...path, "port"])}
      />
      <TextField
        label={t("form.server.weight")}
        value={server.weight}
        path={[...path, "weight"]}
        class="short"
        isNumber
        edit={setNumber([...path, "weight"])}
      />
      <button
        type="button"
        class="bare"
        aria-label={t("form.server.remove", { name })}
        title={t("form.server.remove", { name })}
        onClick={() => editForm({ kind: "remove-server", service, at })}
      >
        <Icon name="remove" />
      </button>
    </li>
  );
}
