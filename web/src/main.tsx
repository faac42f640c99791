/** The playground: a page that makes all files of a cluster from its topology, without a server. */

import { render } from "preact";
import { App } from "./app.tsx";
import { keepFocus } from "./focus.ts";
import { firstLanguage, showLanguage } from "./i18n/words.ts";
import { keepOffline } from "./offline/register.ts";
import { restart } from "./state/actions.ts";
import { addressChanged, beginPage } from "./state/begin.ts";
import { reportFailure, watchFailures } from "./state/failures.ts";
import { watchKeys } from "./state/keys.ts";
import { notice } from "./state/state.ts";
import { watchWorker } from "./worker/main-worker.ts";
import { patience } from "./worker/silence.ts";

watchFailures();
const actions = [{ key: "page.restart", run: restart }] as const;
watchWorker({
  ended: (reason) => {
    notice.value = { key: "page.broken", values: { reason }, isError: true, actions };
  },
  silent: (isSilent) => {
    const seconds = patience;
    if (isSilent) notice.value = { key: "page.silent", values: { seconds }, isError: true, actions };
    else if (notice.peek()?.key === "page.silent") notice.value = null;
  },
});

try {
  await showLanguage(firstLanguage());
} catch (error) {
  // In English, then.
  reportFailure(error);
}
const root = document.getElementById("app");
if (root === null) throw new Error("the page has no #app");
render(<App />, root);

addEventListener("hashchange", () => void addressChanged());
watchKeys();
keepFocus();
try {
  await beginPage();
} catch (error) {
  reportFailure(error);
}
keepOffline();
