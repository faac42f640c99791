/** Paths of files as folders inside each other. */

export interface Folder<T> {
  readonly name: string;
  readonly folders: readonly Folder<T>[];
  readonly files: readonly T[];
}

/** Folders first come in the order of their first files. `pathOf` has no slash at its beginning. */
export function folderTree<T>(name: string, files: readonly T[], pathOf: (file: T) => string): Folder<T> {
  const own: T[] = [];
  const inner = new Map<string, T[]>();
  for (const file of files) {
    const slash = pathOf(file).indexOf("/");
    if (slash === -1) own.push(file);
    else {
      const folder = pathOf(file).slice(0, slash);
      inner.set(folder, [...(inner.get(folder) ?? []), file]);
    }
  }
  const folders = [...inner].map(([folder, members]) =>
    folderTree(folder, members, (file) => pathOf(file).slice(folder.length + 1)),
  );
  return { name, folders, files: own };
}
