/**
 * A list of the form with a button that adds to it. Of a long list the first items are shown, and those that were
 * added: to draw 200 hosts at once is slow. The focus goes to a new row, and stays in the list when a row goes.
 */

import { useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { isInside, wanted } from "./reveal.ts";

const step = 20;

interface RowsProps<T> {
  readonly class: string;
  readonly items: readonly T[];
  /** One `li`. */
  readonly row: (item: T, at: number) => ComponentChildren;
  /** JSON pointer of an item. */
  readonly pointer: (item: T, at: number) => string;
  /** Shown where there is none. */
  readonly empty: string;
  readonly addLabel: string;
  readonly add: () => void;
}

export function Rows<T>({ items, row, pointer, empty, addLabel, add, ...own }: RowsProps<T>) {
  const count = useSignal(step);
  const added = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useFocusOf(list, button, items.length, added);
  useSignalEffect(() => {
    const at = items.findIndex((item, place) => isInside(wanted.value, pointer(item, place)));
    if (at >= count.peek()) count.value = at + 1;
  });
  const tail = Math.max(count.value, items.length - added.value);
  const hidden = tail - count.value;
  return (
    <>
      {items.length === 0 && <p class="rows-empty soft">{empty}</p>}
      <ul ref={list} class={own.class}>
        {items.slice(0, count.value).map(row)}
        {hidden > 0 && (
          <li class="rows-more">
            <button
              type="button"
              class="link"
              onClick={() => {
                count.value += step;
              }}
            >
              {t("form.showMore", { count: Math.min(step, hidden) })} ({items.length})
            </button>
          </li>
        )}
        {items.slice(tail).map((item, at) => row(item, tail + at))}
      </ul>
      <button
        ref={button}
        type="button"
        class="button small"
        onClick={() => {
          added.value++;
          add();
        }}
      >
        <Icon name="add" />
        {addLabel}
      </button>
    </>
  );
}

/** After a row was added, to its first field; after the row with the focus went, to the one before it. */
function useFocusOf(
  list: { readonly current: HTMLElement | null },
  button: { readonly current: HTMLElement | null },
  length: number,
  added: { readonly value: number },
): void {
  const before = useRef({ length, added: added.value });
  useLayoutEffect(() => {
    const last = before.current;
    if (length === last.length) return;
    // Another topology may come between the click and its row.
    const isAdded = length === last.length + 1 && added.value > last.added;
    before.current = { length, added: isAdded ? added.value : last.added };
    const rows = list.current?.querySelectorAll<HTMLElement>(":scope > li") ?? [];
    const row = rows[rows.length - 1];
    if (isAdded) {
      const field = row?.querySelector<HTMLInputElement>("input, select");
      field?.focus();
      if (field?.type === "text") field.select();
    } else if (length < last.length && document.activeElement === document.body)
      (row?.querySelector<HTMLElement>(":scope > .row-remove") ?? button.current)?.focus();
  }, [length]);
}
