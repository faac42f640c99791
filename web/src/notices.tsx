/** A notice of what just happened, also for screen readers, until the next one or the close button. */

import { t } from "./i18n/words.ts";
import { Icon } from "./icons.tsx";
import { notice } from "./state/state.ts";

export function Notices() {
  const shown = notice.value;
  const close = () => {
    notice.value = null;
  };
  return (
    <div class="notices" role="status">
      {shown !== null && (
        <div class={shown.isError ? "notice notice-error" : "notice"}>
          <span>{t(shown.key, shown.values)}</span>
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
