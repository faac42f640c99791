/** Copies a text, also where browsers have no clipboard for pages (plain http), or refuse it. */

/** @returns whether it is copied */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  // Behind an open dialog nothing can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const isCopied = isDone();
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}

function isDone(): boolean {
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
