/** A dialog over the page: the browser's own, which keeps the focus and closes by Escape. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { Notices } from "../notices.tsx";

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, close, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  /** A press inside that ends outside, as of a selection, does not close it. */
  const isPressed = useRef(false);
  const id = useId();
  // Before the next paint or key: the element that has the focus now gets it back when the dialog closes.
  useLayoutEffect(() => {
    const own = box.current;
    own?.showModal();
    return () => own?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog; Escape is the key for it
    <dialog
      ref={box}
      aria-labelledby={id}
      onClose={close}
      onPointerDown={(event) => {
        isPressed.current = isBackdrop(event, box.current);
      }}
      onClick={(event) => {
        if (isPressed.current && isBackdrop(event, box.current)) close();
        isPressed.current = false;
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="bare" aria-label={t("dialog.close")} onClick={close}>
            <Icon name="remove" />
          </button>
        </div>
        {children}
        <Notices isInDialog />
      </div>
    </dialog>
  );
}

/** Outside of the box: its own padding and scroll bar have the same target. */
function isBackdrop(
  {
    target,
    clientX,
    clientY,
  }: { readonly target: EventTarget | null; readonly clientX: number; readonly clientY: number },
  box: HTMLElement | null,
): boolean {
  if (box === null || target !== box) return false;
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/** What went wrong, where one is. */
export function DialogError({ text }: { readonly text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p class="dialog-error">
          <Icon name="error" />
          {text}
        </p>
      )}
    </div>
  );
}
