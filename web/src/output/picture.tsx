/**
 * The cluster as a picture: an image, so that nothing in it is part of the page. It fits the space at first; it can be
 * enlarged, moved by dragging or by keys, and shown on the whole screen.
 */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon, type IconName } from "../icons.tsx";
import { cluster, drawn } from "../state/state.ts";
import type { Drawn } from "../worker/protocol.ts";
import { downloadResult } from "./download.ts";
import { useDragging } from "./use-dragging.ts";

/** A larger picture is blurred by nothing, but a small one looks lost. */
const largestFit = 1.4;
/** The whole comes first. But names of a small cluster can be read on any screen, and the narrowest scrolls. */
const readable = 0.35;
const smallArea = 600_000;
const smallest = 0.1;
const largest = 4;
const step = 1.25;

export function Picture() {
  return drawn.value === null ? null : <Drawing drawn={drawn.value} />;
}

function Drawing({ drawn: { svg, description, width, height, counts } }: { readonly drawn: Drawn }) {
  const name = cluster.value?.name ?? "";
  const frame = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLElement>(null);
  /** null: as large as fits, if that can be read. */
  const chosen = useSignal<number | null>(null);
  const fit = useFit(box, width, height);
  const least = width * height < smallArea ? readable : smallest;
  const zoom = chosen.value ?? Math.max(fit.value, least);
  useDragging(box);
  const zoomTo = (next: number) => {
    chosen.value = Math.min(Math.max(next, smallest), largest);
  };
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomTo(event.deltaY < 0 ? zoom * step : zoom / step);
  };
  return (
    <div ref={frame} class="picture">
      <div class="file-head">
        <span class="soft">{t("picture.caption", counts)}</span>
        <span class="file-tools">
          <Tool icon="minus" label={t("picture.smaller")} run={() => zoomTo(zoom / step)} />
          <span class="zoom" role="status">
            {Math.round(zoom * 100)} %
          </span>
          <Tool icon="add" label={t("picture.larger")} run={() => zoomTo(zoom * step)} />
          <Tool
            icon="fit"
            label={t("picture.fit")}
            run={() => {
              chosen.value = fit.value;
            }}
          />
          <Tool icon="screen" label={t("picture.screen")} run={() => void toggleScreen(frame.current)} />
          <button
            type="button"
            class="button small"
            onClick={() => downloadResult(`${name}.svg`, svg, "image/svg+xml")}
          >
            <Icon name="download" />
            {t("picture.download")}
          </button>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by keys */}
      <section ref={box} class="picture-box" tabIndex={0} aria-label={t("result.picture")} onWheel={onWheel}>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
          width={Math.round(width * zoom)}
          height={Math.round(height * zoom)}
          draggable={false}
          alt={t("picture.alt", { name, description })}
        />
      </section>
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly run: () => void;
}

function Tool({ icon, label, run }: ToolProps) {
  return (
    <button type="button" class="bare" aria-label={label} title={label} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}

/** The zoom at which all of the picture is in the box. */
function useFit(box: { readonly current: HTMLElement | null }, width: number, height: number) {
  const fit = useSignal(1);
  useEffect(() => {
    const own = box.current;
    if (own === null) return;
    const measure = () => {
      const style = getComputedStyle(own);
      const inner = (size: number, ...sides: string[]) =>
        size - sides.reduce((sum, side) => sum + Number.parseFloat(side), 0);
      const across = inner(own.clientWidth, style.paddingLeft, style.paddingRight) / width;
      const down = inner(own.clientHeight, style.paddingTop, style.paddingBottom) / height;
      fit.value = Math.max(Math.min(across, down, largestFit), smallest);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(own);
    return () => observer.disconnect();
  }, [width, height]);
  return fit;
}

async function toggleScreen(frame: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  // A browser may forbid it: then the picture stays as it is.
  else await frame?.requestFullscreen().catch(() => {});
}
