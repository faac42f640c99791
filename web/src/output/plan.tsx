/** What a host should have, in words and in order. */

import { t } from "../i18n/words.ts";
import { groupName, plan } from "../state/state.ts";
import { Copy } from "./copy.tsx";

export function Plan() {
  return (
    <div class="file">
      <div class="file-head">
        <span class="soft">{t("plan.hint")}</span>
        <span class="file-tools">
          <Copy text={plan.value} isResult />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys */}
      <section class="code-view" tabIndex={0} aria-label={`${t("result.plan")}: ${groupName.value}`}>
        <pre class="plan">{plan.value}</pre>
      </section>
    </div>
  );
}
