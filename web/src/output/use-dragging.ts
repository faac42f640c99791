/** Moves what a box shows by dragging it, as one moves a map. */

import { useEffect } from "preact/hooks";

export function useDragging(box: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const own = box.current;
    if (own === null) return;
    const end = new AbortController();
    const { signal } = end;
    let from: { x: number; y: number } | null = null;
    own.addEventListener(
      "pointerdown",
      (event) => {
        // A finger scrolls by itself.
        if (event.button !== 0 || event.pointerType !== "mouse") return;
        from = { x: event.clientX + own.scrollLeft, y: event.clientY + own.scrollTop };
        own.setPointerCapture(event.pointerId);
        own.dataset.dragged = "";
      },
      { signal },
    );
    own.addEventListener(
      "pointermove",
      (event) => {
        if (from !== null) own.scrollTo(from.x - event.clientX, from.y - event.clientY);
      },
      { signal },
    );
    own.addEventListener(
      "lostpointercapture",
      () => {
        from = null;
        delete own.dataset.dragged;
      },
      { signal },
    );
    return () => end.abort();
  }, []);
}
