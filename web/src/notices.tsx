/** A notice of what just happened, also for screen readers, until the next one or the close button. */

import { useRef } from "preact/hooks";
import { openDialog } from "./dialogs/dialog-name.ts";
import { t } from "./i18n/words.ts";
import { Icon } from "./icons.tsx";
import { notice } from "./state/state.ts";

/** On the page, or in the dialog that is open: nothing beside that can be reached. */
export function Notices({ isInDialog = false }: { readonly isInDialog?: boolean }) {
  // A dialog has no use for what was said before it.
  const before = useRef(isInDialog ? notice.peek() : null);
  const isHere = isInDialog === (openDialog.value !== null) && notice.value !== before.current;
  const shown = isHere ? notice.value : null;
  const close = () => {
    notice.value = null;
  };
  return (
    <div class={isInDialog ? "notices-inside" : "notices"} role="status">
      {shown !== null && (
        <div class={shown.isError ? "notice notice-error" : "notice"}>
          <span class="notice-text">{t(shown.key, shown.values)}</span>
          {(shown.actions ?? []).map(({ key, run }) => (
            <button
              key={key}
              type="button"
              class="link"
              onClick={() => {
                close();
                run();
              }}
            >
              {t(key)}
            </button>
          ))}
          <button type="button" class="bare" aria-label={t("dialog.close")} onClick={close}>
            <Icon name="remove" />
          </button>
        </div>
      )}
    </div>
  );
}
