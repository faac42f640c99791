/** Marks what the last edit changed, for eyes and ears. */

import { t } from "../i18n/words.ts";

export function ChangedDot({ isChanged }: { readonly isChanged: boolean }) {
  if (!isChanged) return null;
  return (
    <span class="changed-dot">
      <span class="unseen"> ({t("files.changed")})</span>
    </span>
  );
}
