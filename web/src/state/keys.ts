/** Undo and redo by keys, anywhere on the page: the browser's own would know of one field only. */

import { redo, undo } from "./actions.ts";

export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    const travel = travelOf(event);
    if (travel === null || event.defaultPrevented || hasOwnUndo(event)) return;
    event.preventDefault();
    travel();
  });
}

/** Ctrl-Z, Ctrl-Shift-Z and Ctrl-Y; on a Mac the same with Command. */
function travelOf(event: KeyboardEvent): (() => void) | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? redo : undo;
  return key === "y" && !event.shiftKey ? redo : null;
}

/** Texts of dialogs, and a field whose text is not yet part of the topology. */
function hasOwnUndo({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("dialog, [data-draft]") !== null;
}
