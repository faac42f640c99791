/**
 * Where the element with the focus goes away, as a row that is removed or a notice that is closed, the focus goes to
 * what is left beside it. The browser would give it to the page: the next Tab then begins at its top.
 */

const reached =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary, [tabindex='0']";

interface Place {
  readonly siblings: readonly Element[];
  readonly at: number;
}

/** From now on. Parts that know better focus what they like as soon as they are drawn. */
export function keepFocus(): void {
  let own: Element | null = null;
  let places: readonly Place[] = [];
  /** What had the focus before a notice had it. */
  let before: HTMLElement | null = null;
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    own = target;
    places = placesOf(target);
    if (!isNotice(target)) before = target;
  });
  const look = () => {
    if (own === null || own.isConnected || document.activeElement !== document.body) return;
    const next = isNotice(own) && before?.isConnected ? before : nearest(places);
    own = null;
    next?.focus();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}

function isNotice(element: Element): boolean {
  return element.closest(".notice") !== null;
}

/** Of an element and all around it, the innermost first. */
function placesOf(element: Element): Place[] {
  const places: Place[] = [];
  for (let each = element; each.parentElement !== null && each !== document.body; each = each.parentElement) {
    const siblings = [...each.parentElement.children];
    places.push({ siblings, at: siblings.indexOf(each) });
  }
  return places;
}

/** Before it or else behind it, as near as possible. */
function nearest(places: readonly Place[]): HTMLElement | undefined {
  for (const { siblings, at } of places) {
    const before = siblings.slice(0, at).toReversed();
    for (const each of before) {
      const last = within(each).at(-1);
      if (last !== undefined) return last;
    }
    for (const each of siblings.slice(at + 1)) {
      const [first] = within(each);
      if (first !== undefined) return first;
    }
  }
  return undefined;
}

function within(element: Element): HTMLElement[] {
  if (!element.isConnected) return [];
  const all = [element, ...element.querySelectorAll(reached)];
  return all.filter((each): each is HTMLElement => each instanceof HTMLElement && canBeReached(each));
}

function canBeReached(element: HTMLElement): boolean {
  return (
    element.matches(reached) && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true })
  );
}
