/** The smallest changes of a topology's text, and how edits look into a topology. */

export type Path = readonly (string | number)[];

export type Step =
  | { readonly kind: "set"; readonly path: Path; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: Path }
  | { readonly kind: "rename"; readonly path: Path; readonly to: string };

export type Plain = Readonly<Record<string, unknown>>;

export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path)
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return value;
}

export function listAt(root: unknown, path: Path): readonly unknown[] {
  const value = valueAt(root, path);
  return Array.isArray(value) ? value : [];
}

export function keysAt(root: unknown, path: Path): readonly string[] {
  const value = valueAt(root, path);
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

export function isAddress(text: string): boolean {
  return /^[0-9.]+$/.test(text) || text.includes(":");
}

/** `web2` after `web`, `pi4` after `pi3`. */
export function freeName(last: string, taken: readonly string[]): string {
  const [, stem = last, digits] = /^(.*?)(\d*)$/.exec(last) ?? [];
  for (let number = Number(digits || 1) + 1; ; number++) {
    if (!taken.includes(`${stem}${number}`)) return `${stem}${number}`;
  }
}
