/** The first items of a long list, and a button for more: to draw 200 hosts at once is slow. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";

const step = 20;

export function useFirstOf<T>(items: readonly T[]): {
  readonly shown: readonly T[];
  readonly more: ComponentChildren;
} {
  const count = useSignal(step);
  const before = useRef(items.length);
  // One that was just added at the end is seen.
  if (items.length === before.current + 1 && items.length > count.value) count.value = items.length;
  before.current = items.length;
  const hidden = items.length - count.value;
  if (hidden <= 0) return { shown: items, more: null };
  const showMore = () => {
    count.value += step;
  };
  return {
    shown: items.slice(0, count.value),
    more: (
      <button type="button" class="link" onClick={showMore}>
        {t("form.showMore", { count: Math.min(step, hidden) })} ({items.length})
      </button>
    ),
  };
}
