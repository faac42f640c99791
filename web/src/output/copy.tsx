/** A button that copies, and says whether it did. */

import { useSignal } from "@preact/signals";
import type { Key } from "../i18n/en.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { copyText } from "./copy-text.ts";

interface CopyProps {
  readonly text: string;
  readonly label?: Key;
  readonly class?: string;
  /** What it refers to has problems. */
  readonly title?: string;
}

/** Milliseconds that the outcome is shown. */
const shown = 2500;

export function Copy({ text, label = "files.copy", class: style = "button small", title }: CopyProps) {
  const outcome = useSignal<"files.copied" | "files.refused" | null>(null);
  const copy = async () => {
    outcome.value = (await copyText(text)) ? "files.copied" : "files.refused";
    setTimeout(() => {
      outcome.value = null;
    }, shown);
  };
  return (
    <button type="button" class={style} title={title} disabled={text === ""} onClick={() => void copy()}>
      <Icon name={outcome.value === null ? "copy" : outcome.value === "files.copied" ? "good" : "error"} />
      <span aria-live="polite">{t(outcome.value ?? label)}</span>
    </button>
  );
}
