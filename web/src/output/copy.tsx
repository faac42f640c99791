/** A button that copies, and says whether it did. */

import { useSignal } from "@preact/signals";
import type { Key } from "../i18n/en.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { copyText } from "./copy-text.ts";
import { noteStale } from "./download.ts";

interface CopyProps {
  readonly text: string;
  readonly label?: Key;
  readonly class?: string;
  /** Of the last valid topology, perhaps not of the text at hand. */
  readonly isResult?: boolean;
  /** Its words are only for screen readers. */
  readonly isBare?: boolean;
}

/** Milliseconds that the outcome is shown. */
const shown = 2500;

export function Copy({
  text,
  label = "files.copy",
  class: style = "button small",
  isResult = false,
  isBare = false,
}: CopyProps) {
  const outcome = useSignal<"files.copied" | "files.refused" | null>(null);
  const copy = async () => {
    outcome.value = (await copyText(text)) ? "files.copied" : "files.refused";
    if (isResult) noteStale();
    setTimeout(() => {
      outcome.value = null;
    }, shown);
  };
  return (
    <button
      type="button"
      class={style}
      title={isBare ? t(label) : undefined}
      disabled={text === ""}
      onClick={() => void copy()}
    >
      <Icon name={outcome.value === null ? "copy" : outcome.value === "files.copied" ? "good" : "error"} />
      <span aria-live="polite" class={isBare ? "unseen" : undefined}>
        {t(outcome.value ?? label)}
      </span>
    </button>
  );
}
