/** A service's real servers, one row each. */

import { pointerOf } from "../../../src/base/json-pointer.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { editForm } from "../state/actions.ts";
import { TextField } from "./field.tsx";
import type { FormServer } from "./form-model.ts";
import { numberOf } from "./number-of.ts";
import { Rows } from "./rows.tsx";
import type { Path } from "./steps.ts";

/** Id of the list of hosts' names, which the services' part has. */
export const hostNames = "host-names";

interface ServersProps {
  readonly servers: readonly FormServer[];
  /** Of the service. */
  readonly at: number;
  readonly path: Path;
}

export function Servers({ servers, at: service, path }: ServersProps) {
  return (
    <fieldset class="servers">
      <legend>{t("form.servers")}</legend>
      <Rows
        class="rows"
        items={servers}
        pointer={(_, at) => pointerOf(...path, at)}
        row={(server, at) => (
          <ServerRow key={at} server={server} service={service} at={at} path={[...path, at]} />
        )}
        empty={t("form.servers.empty")}
        addLabel={t("form.server.add")}
        add={() => editForm({ kind: "add-server", service })}
      />
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
  const setNumber = (key: string) => (text: string) =>
    editForm({ kind: "set", path: [...path, key], value: numberOf(text) });
  return (
    <li class="row server-row">
      <TextField
        label={t("form.server")}
        value={server.target}
        path={server.isPlain ? path : [...path, server.key]}
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
        edit={setNumber("port")}
      />
      <TextField
        label={t("form.server.weight")}
        value={server.weight}
        path={[...path, "weight"]}
        class="short"
        isNumber
        edit={setNumber("weight")}
      />
      <button
        type="button"
        class="bare row-remove"
        aria-label={t("form.server.remove", { name })}
        title={t("form.server.remove", { name })}
        onClick={() => editForm({ kind: "remove-server", service, at })}
      >
        <Icon name="remove" />
      </button>
    </li>
  );
}
