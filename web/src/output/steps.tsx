/** What to do next with this cluster's files, host by host, with commands to copy. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { steps, topology } from "../state/state.ts";
import { call } from "../worker/main-worker.ts";
import type { HostSteps } from "../worker/protocol.ts";
import { Copy } from "./copy.tsx";
import { downloadZip } from "./download.ts";

export function Steps() {
  const all = steps.value;
  if (all === null) return null;
  const { name, hosts, requests } = all;
  const file = topology.value.name;
  return (
    <div class="steps">
      <h2>{t("steps.title")}</h2>
      <section class="steps-way">
        <p>{t("steps.install")}</p>
        <p class="soft">{t("steps.save", { file })}</p>
        <Command text={`lvsgen deploy ${file} --dry-run`} remark={t("steps.dry")} />
        <Command text={`lvsgen deploy ${file}`} remark={t("steps.deploy")} />
        <Command text={`lvsgen verify ${file}`} remark={t("steps.ask")} />
        <Command text={`lvsgen undeploy ${file}`} remark={t("steps.undeploy")} />
      </section>
      <h2>{t("steps.hand")}</h2>
      <section class="steps-way">
        <h3>{t("steps.zip")}</h3>
        <button type="button" class="button small" onClick={() => void downloadZip(null)}>
          <Icon name="download" />
          {t("steps.zip.do", { name })}
        </button>
        <Command text={`unzip ${name}.zip -d ${name} && cd ${name}`} />
        <h3>{t("steps.hosts")}</h3>
        {hosts.map((host, at) => (
          <Host key={host.name} host={host} isOpen={at === 0} />
        ))}
        <h3>{t("steps.verify")}</h3>
        {requests.length === 0 && <p class="soft">{t("steps.verify.none")}</p>}
        {requests.map((request) => (
          <Command key={request} text={request} />
        ))}
        <p class="soft">{t("steps.undoAll")}</p>
      </section>
    </div>
  );
}

const parts = [
  ["copy", "steps.copy"],
  ["install", "steps.setup"],
  ["check", "steps.check"],
  ["undo", "steps.undo"],
] as const;

/** One is open: of many hosts the list stays short. */
function Host({ host, isOpen }: { readonly host: HostSteps; readonly isOpen: boolean }) {
  return (
    <details class="steps-host" open={isOpen}>
      <summary>
        <strong>{host.name}</strong>{" "}
        <span class="soft">{t(host.isDirector ? "steps.role.director" : "steps.role.server")}</span>
      </summary>
      {parts.map(([part, label]) => (
        <div key={part}>
          <p class="soft">{t(label)}</p>
          <Command text={host.commands[part]} />
        </div>
      ))}
      <Paste name={host.name} />
    </details>
  );
}

/** Made when asked for: it holds all files of the host. */
function Paste({ name }: { readonly name: string }) {
  const line = useSignal<string | null>(null);
  const made = line.value;
  return (
    <div>
      <p class="soft">{t("steps.paste")}</p>
      {made === null ? (
        <button
          type="button"
          class="button small"
          onClick={async () => {
            line.value = await call("paste", name);
          }}
        >
          {t("steps.paste.make")}
        </button>
      ) : (
        <>
          <Command text={made} />
          <p class="soft">{t("steps.paste.hint", { name, count: made.length })}</p>
        </>
      )}
    </div>
  );
}

/** Lines end between words: in an option, as `--uninstall`, a break looks like a space. */
function words(text: string): ComponentChildren {
  return text.split(" ").map((word, at) => [at === 0 ? "" : " ", <span class="word">{word}</span>]);
}

/** A longer command is cut to one line; Copy has all of it. */
const longest = 400;
const shownOf = 1000;

function Command({ text, remark = "" }: { readonly text: string; readonly remark?: string }) {
  return (
    <div class="command">
      <code class={text.length > longest ? "long" : undefined}>
        {words(text.slice(0, shownOf))}
        {remark !== "" && <span class="t-comment"> {remark}</span>}
      </code>
      <Copy text={text} label="steps.copyLine" class="bare" isBare isResult />
    </div>
  );
}
