/** A link that holds the topology. */

import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Copy } from "../output/copy.tsx";
import { reasonOf } from "../state/failures.ts";
import { fragmentOf } from "../state/link.ts";
import { topology } from "../state/state.ts";
import { version } from "../version.ts";
import { call } from "../worker/main-worker.ts";
import { Dialog, DialogError } from "./dialog.tsx";

/** Links to such a page lead to the reader's own machine. */
const isLoopback = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

export function ShareDialog({ close }: { readonly close: () => void }) {
  const links = useSignal({ bare: "", whole: "", passwords: 0 });
  const withPasswords = useSignal(false);
  const error = useSignal<string | null>(null);
  const link = useComputed(() => links.value[withPasswords.value ? "whole" : "bare"]);
  useEffect(() => {
    linksOf().then(
      (made) => {
        links.value = made;
      },
      (reason) => {
        error.value = reasonOf(reason);
      },
    );
  }, []);
  const { passwords } = links.value;
  return (
    <Dialog title={t("share.title")} close={close}>
      <p class="soft">{t("share.hint")}</p>
      {isLoopback && <p class="soft">{t("share.loopback", { host: location.host })}</p>}
      {passwords > 0 && (
        <label class="check dialog-check">
          <input
            type="checkbox"
            checked={withPasswords.value}
            onChange={(event) => {
              withPasswords.value = event.currentTarget.checked;
            }}
          />
          {t("share.passwords", { count: passwords })}
        </label>
      )}
      <label class="stacked">
        <span>{t("share.link")}</span>
        <input type="text" readOnly value={link.value} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <DialogError text={error.value} />
      <div class="dialog-tools">
        <span class="soft">{t("share.length", { count: link.value.length })}</span>
        <Copy text={link.value} label="share.copy" class="button main" />
      </div>
    </Dialog>
  );
}

async function linksOf() {
  const now = topology.value;
  const { topology: bare, count } = await call("withoutSecrets", now);
  const linkTo = async (each: typeof now) => new URL(await fragmentOf(each, version), location.href).href;
  return { bare: await linkTo(bare), whole: await linkTo(now), passwords: count };
}
