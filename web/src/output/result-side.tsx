/** The results of the topology. */

import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { Lazy } from "../lazy.tsx";
import { chooseHost, showView } from "../state/actions.ts";
import { changedGroups, cluster, counts, groupName, isStale, view, views } from "../state/state.ts";
import { Tabs } from "../tabs.tsx";
import { ChangedDot } from "./changed-dot.tsx";
import { Changes } from "./changes.tsx";
import { Files } from "./files.tsx";
import { Picture } from "./picture.tsx";
import { Plan } from "./plan.tsx";

const loadSteps = async () => (await import("./steps.tsx")).Steps;

const shown = {
  picture: Picture,
  plan: Plan,
  files: Files,
  steps: () => <Lazy load={loadSteps} values={{}} />,
  changes: Changes,
} as const;

export function ResultSide() {
  const Chosen = shown[view.value];
  return (
    <section id="result" class="side result-side" aria-label={t("result.label")} tabIndex={-1}>
      <div class="side-head">
        <Tabs
          label={t("result.label")}
          panel="view"
          chosen={view.value}
          choose={(chosen) => void showView(chosen)}
          tabs={views.map((id) => ({
            id,
            label: t(`result.${id}`),
          }))}
        />
      </div>
      {(view.value === "files" || view.value === "plan") && <HostChoice />}
      {isStale.value && cluster.value !== null && (
        <p class="stale" role="status">
          <Icon name="warning" />
          {t("result.stale")}
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
        {cluster.value === null ? <Nothing /> : <Chosen />}
      </div>
    </section>
  );
}

/** Before there is any valid topology. */
function Nothing() {
  return (
    <p class="empty" role="status">
      {isStale.value ? t("result.none", { count: counts.value.errors }) : t("result.soon")}
    </p>
  );
}

/** The most hosts that fit as tabs in a row. */
const mostTabs = 9;

/** Hosts as tabs if all fit; otherwise as a list, which is one line, and where one can type a name. */
function HostChoice() {
  const hosts = cluster.value?.hosts ?? [];
  const names = view.value === "files" ? [...hosts, ansibleFolder] : hosts;
  if (names.length === 0) return null;
  return names.length <= mostTabs ? <HostTabs names={names} /> : <HostList names={names} />;
}

function titleOf(name: string): string {
  return name === ansibleFolder ? t("result.ansible") : name;
}

function HostTabs({ names }: { readonly names: readonly string[] }) {
  return (
    <div class="host-choice">
      <Tabs
        label={t("result.host")}
        style="hosts"
        panel="view"
        chosen={groupName.value}
        choose={(name) => void chooseHost(name)}
        tabs={names.map((name) => ({ id: name, label: <HostLabel name={name} /> }))}
      />
    </div>
  );
}

function HostLabel({ name }: { readonly name: string }) {
  return (
    <>
      {titleOf(name)}
      <ChangedDot isChanged={changedGroups.value.has(name)} />
    </>
  );
}

function HostList({ names }: { readonly names: readonly string[] }) {
  const mark = (name: string) => (changedGroups.value.has(name) ? " •" : "");
  return (
    <label class="host-choice host-list">
      <span>{t("result.host")}</span>
      <select value={groupName.value} onChange={(event) => void chooseHost(event.currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {titleOf(name) + mark(name)}
          </option>
        ))}
      </select>
    </label>
  );
}
