/** What comes of the topology. */

import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { chooseHost, showView } from "../state/actions.ts";
import { changedGroups, cluster, groupName, isStale, view } from "../state/state.ts";
import { Tabs } from "../tabs.tsx";
import { Changes } from "./changes.tsx";
import { Files } from "./files.tsx";
import { Picture } from "./picture.tsx";
import { Plan } from "./plan.tsx";

const views = { files: Files, picture: Picture, plan: Plan, changes: Changes } as const;

export function ResultSide() {
  const Chosen = views[view.value];
  return (
    <section id="result" class="side result-side" aria-label={t("result.label")} tabIndex={-1}>
      <div class="side-head">
        <Tabs
          label={t("result.label")}
          panel="view"
          chosen={view.value}
          choose={(chosen) => void showView(chosen)}
          tabs={(["files", "picture", "plan", "changes"] as const).map((id) => ({
            id,
            label: t(`result.${id}`),
          }))}
        />
        {(view.value === "files" || view.value === "plan") && <HostChoice />}
      </div>
      {isStale.value && (
        <p class="stale" role="status">
          <Icon name="warning" />
          {t(cluster.value === null ? "result.none" : "result.stale")}
        </p>
      )}
      <div
        id="view"
        class="view"
        role="tabpanel"
        aria-label={t(`result.${view.value}`)}
        data-stale={isStale.value}
        data-view={view.value}
      >
        {cluster.value !== null && <Chosen />}
      </div>
    </section>
  );
}

/** A list to choose from: it stays one line with 200 hosts, and one can type in it. */
function HostChoice() {
  const hosts = cluster.value?.hosts ?? [];
  const names = view.value === "files" ? [...hosts, ansibleFolder] : hosts;
  const mark = (name: string) => (changedGroups.value.has(name) ? " •" : "");
  return (
    <label class="host-choice">
      <span>{t("result.host")}</span>
      <select value={groupName.value} onChange={(event) => void chooseHost(event.currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {(name === ansibleFolder ? t("result.ansible") : name) + mark(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
