/** How the page looks, which the browser keeps for the next visit; topologies are in keep.ts. */

type Name = "language" | "theme" | "view" | "intro";

/** null also if the browser forbids storage. */
export function remembered(name: Name): string | null {
  try {
    return localStorage.getItem(`lvsgen-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: Name, value: string): void {
  try {
    localStorage.setItem(`lvsgen-${name}`, value);
  } catch {
    // Then the choice is for this visit only.
  }
}
