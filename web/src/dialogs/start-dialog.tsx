/** Topologies to start from: one for each kind of cluster, and the examples. */

import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
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
          <li key={kind}>
            <button
              type="button"
              class="start-kind"
              onClick={() => begin(t(`start.${kind}`), { text: presets[kind], name: "topology.yaml" })}
            >
              <Preview load={() => Promise.resolve({ text: presets[kind], name: "topology.yaml" })} />
              <strong>{t(`start.${kind}`)}</strong>
              <span>{t(`start.${kind}.hint`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <h3>{t("start.examples")}</h3>
      <ul class="start-kinds">
        {examples.map(({ name, load }) => (
          <li key={name}>
            <Example name={name} load={load} begin={begin} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface ExampleProps {
  readonly name: string;
  readonly load: () => Promise<string>;
  readonly begin: (name: string, next: TopologyText) => void;
}

/** With a line of what it shows, and its picture. */
function Example({ name, load, begin }: ExampleProps) {
  const id = useId();
  const read = async () => ({ text: await load(), name: "topology.json" });
  return (
    <button
      type="button"
      class="start-kind"
      aria-label={name}
      aria-describedby={id}
      onClick={() => {
        read().then((next) => begin(name, next), reportFailure);
      }}
    >
      <Preview load={read} />
      <strong class="code">{name}</strong>
      <span id={id}>{lineOf(name)}</span>
    </button>
  );
}

function lineOf(name: string): string {
  return lines[name]?.[language.value] ?? "";
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
