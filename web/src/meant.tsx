/** A button that writes what a finding says was meant. */

import { t } from "./i18n/words.ts";
import { editForm } from "./state/actions.ts";
import type { PageDiagnostic } from "./worker/protocol.ts";

export function Meant({ diagnostic: { correction } }: { readonly diagnostic: PageDiagnostic }) {
  if (correction === undefined) return null;
  const { path, to, isKey } = correction;
  return (
    <button type="button" class="meant" onClick={() => editForm({ kind: "correct", path, to, isKey })}>
      {t("problems.meant", { to })}
    </button>
  );
}
