/** A dialog over the page: the browser's own, which keeps the focus and closes by Escape. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, close, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
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
      onClick={(event) => {
        if (event.target === box.current) close();
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
      </div>
    </dialog>
  );
}
