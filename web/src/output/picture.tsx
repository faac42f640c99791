/** The cluster as a picture: an image, so that nothing in it is part of the page. */

import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { cluster, drawn } from "../state/state.ts";
import { downloadResult } from "./download.ts";

export function Picture() {
  if (drawn.value === null) return null;
  const { svg, description } = drawn.value;
  const name = cluster.value?.name ?? "";
  return (
    <div class="picture">
      <div class="file-head">
        <span class="soft">{description}</span>
        <span class="file-tools">
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
      <section class="picture-box" tabIndex={0} aria-label={t("result.picture")}>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
          alt={t("picture.alt", { name, description })}
        />
      </section>
    </div>
  );
}
