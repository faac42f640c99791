/** The focus never falls to the page when the row that has it is removed: it goes to its list's button that adds one. */

/** @returns what ends it */
export function keepFocus(form: HTMLElement): () => void {
  /** The lists around what has the focus, the nearest first. */
  let parts: readonly Element[] = [];
  const onFocus = ({ target }: FocusEvent) => {
    parts = target instanceof Element ? partsAround(target) : [];
  };
  const look = new MutationObserver(() => {
    if (document.activeElement !== document.body) return;
    const part = parts.find(({ isConnected }) => isConnected);
    const home = [...(part?.querySelectorAll<HTMLElement>("[data-focus-home]") ?? [])].at(-1);
    parts = [];
    home?.focus();
  });
  // Where the focus went by the person's own doing, nothing was removed.
  const onPress = () => {
    parts = [];
  };
  form.addEventListener("focusin", onFocus);
  document.addEventListener("pointerdown", onPress);
  look.observe(form, { childList: true, subtree: true });
  return () => {
    form.removeEventListener("focusin", onFocus);
    document.removeEventListener("pointerdown", onPress);
    look.disconnect();
  };
}

function partsAround(element: Element): Element[] {
  const part = element.parentElement?.closest("[data-focus-part]") ?? null;
  return part === null ? [] : [part, ...partsAround(part)];
}
