/** A link that holds the topology. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { fragmentOf } from "../state/link.ts";
import { topology } from "../state/state.ts";
import { Dialog } from "./dialog.tsx";

export function ShareDialog({ close }: { readonly close: () => void }) {
  const link = useSignal("");
  const isCopied = useSignal(false);
  useEffect(() => {
    void fragmentOf(topology.value).then((fragment) => {
      link.value = new URL(fragment, location.href).href;
    });
  }, []);
  const copy = async () => {
    await navigator.clipboard.writeText(link.value);
    isCopied.value = true;
  };
  return (
    <Dialog title={t("share.title")} close={close}>
      <p class="soft">{t("share.hint")}</p>
      <label class="stacked">
        <span>{t("share.link")}</span>
        <input type="text" readOnly value={link.value} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div class="dialog-tools">
        <span class="soft">{t("share.length", { count: link.value.length })}</span>
        <button type="button" class="button main" disabled={link.value === ""} onClick={() => void copy()}>
          <Icon name={isCopied.value ? "good" : "copy"} />
          <span aria-live="polite">{t(isCopied.value ? "files.copied" : "share.copy")}</span>
        </button>
      </div>
    </Dialog>
  );
}
