/** The playground: a page that makes all files of a cluster from its topology, without a server. */

import { render } from "preact";
import { App } from "./app.tsx";
import { keepOffline } from "./offline/register.ts";
import { restart } from "./state/actions.ts";
import { addressChanged, beginPage } from "./state/begin.ts";
import { reportFailure, watchFailures } from "./state/failures.ts";
import { watchKeys } from "./state/keys.ts";
import { notice } from "./state/state.ts";
import { onWorkerEnd } from "./worker/main-worker.ts";

watchFailures();
onWorkerEnd((reason) => {
  const actions = [{ key: "page.restart", run: restart }] as const;
  notice.value = { key: "page.broken", values: { reason }, isError: true, actions };
});

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no #app");
render(<App />, root);

addEventListener("hashchange", () => void addressChanged());
watchKeys();
try {
  await beginPage();
} catch (error) {
  reportFailure(error);
}
keepOffline();
