/** The playground: a page that makes all files of a cluster from its topology, without a server. */

import { render } from "preact";
import { presets } from "../../src/presets/presets.ts";
import { App } from "./app.tsx";
import { open } from "./state/actions.ts";
import { sharedTopology } from "./state/link.ts";
import { notice } from "./state/state.ts";
import { onWorkerEnd } from "./worker/client.ts";

onWorkerEnd((reason) => {
  notice.value = { key: "page.broken", values: { reason }, isError: true };
});

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no #app");
render(<App />, root);

async function begin(): Promise<void> {
  const first = { text: presets.dr, name: "topology.yaml" };
  try {
    open((await sharedTopology(location.hash)) ?? first);
  } catch (error) {
    open(first);
    const reason = error instanceof Error ? error.message : String(error);
    notice.value = { key: "share.bad", values: { reason }, isError: true };
  }
}

addEventListener("hashchange", () => void begin());
await begin();
