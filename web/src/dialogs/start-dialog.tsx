/** Topologies to start from: one for each kind of cluster, and the examples. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Preset, presets } from "../../../src/presets/presets.ts";
import { lines } from "../guide/example-lines.ts";
import { language, t } from "../i18n/words.ts";
import { openNamed } from "../state/actions.ts";
import { reportFailure } from "../state/failures.ts";
import type { TopologyText } from "../topology-text.ts";
import { call } from "../worker/main-worker.ts";
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
          <Start
            key={kind}
            name={t(`start.${kind}`)}
            line={t(`start.${kind}.hint`)}
            load={() => Promise.resolve({ text: presets[kind], name: "topology.yaml" })}
            begin={begin}
          />
        ))}
      </ul>
      <h3>{t("start.examples")}</h3>
      <ul class="start-kinds">
        {examples.map(({ name, load }) => (
          <Start
            key={name}
            name={name}
            line={lines[name]?.[language.value] ?? ""}
            load={async () => ({ text: await load(), name: "topology.json" })}
            begin={begin}
          />
        ))}
      </ul>
    </Dialog>
  );
}

interface StartProps {
  readonly name: string;
  /** What it shows. */
  readonly line: string;
  readonly load: () => Promise<TopologyText>;
  readonly begin: (name: string, next: TopologyText) => void;
}

/** The button reaches over the picture and the line (dialogs.css). */
function Start({ name, line, load, begin }: StartProps) {
  return (
    <li class="start-kind">
      <Preview load={load} />
      <button
        type="button"
        onClick={() => {
          load().then((next) => begin(name, next), reportFailure);
        }}
      >
        {name}
      </button>
      <span>{line}</span>
    </li>
  );
}

/** Drawn by the worker, one after the other; nothing if it cannot be. */
function Preview({ load }: { readonly load: () => Promise<TopologyText> }) {
  const svg = useSignal<string | null>(null);
  useEffect(() => {
    load()
      .then((topology) => call("preview", topology))
      .then(
        (drawing) => {
          svg.value = drawing;
        },
        () => {},
      );
  }, []);
  return (
    <span class="preview">
      {svg.value !== null && <img src={`data:image/svg+xml,${encodeURIComponent(svg.value)}`} alt="" />}
    </span>
  );
}
