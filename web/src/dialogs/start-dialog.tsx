/** Topologies to start from: one for each kind of cluster, and the examples. */

import { type Preset, presets } from "../../../src/presets/presets.ts";
import { t } from "../i18n/words.ts";
import { openNamed } from "../state/actions.ts";
import { reportFailure } from "../state/failures.ts";
import type { TopologyText } from "../topology-text.ts";
import { Dialog } from "./dialog.tsx";

/** Each is loaded when it is chosen. */
const examples = Object.entries(
  import.meta.glob<string>("../../../examples/*/topology.json", { query: "?raw", import: "default" }),
).map(([path, load]) => ({ name: path.split("/").at(-2) ?? path, load }));

const kinds = Object.keys(presets) as Preset[];

export function StartDialog({ close }: { readonly close: () => void }) {
  const begin = (name: string, next: TopologyText) => {
    openNamed(name, next);
    close();
  };
  return (
    <Dialog title={t("start.title")} close={close}>
      <h3>{t("start.kinds")}</h3>
      <ul class="start-kinds">
        {kinds.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              class="start-kind"
              onClick={() => begin(t(`start.${kind}`), { text: presets[kind], name: "topology.yaml" })}
            >
              <strong>{t(`start.${kind}`)}</strong>
              <span>{t(`start.${kind}.hint`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <h3>{t("start.examples")}</h3>
      <ul class="start-examples">
        {examples.map(({ name, load }) => (
          <li key={name}>
            <button
              type="button"
              class="button small"
              onClick={() => {
                load().then((text) => begin(name, { text, name: "topology.json" }), reportFailure);
              }}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
