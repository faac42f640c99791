/** Values of a topology by their paths. */

export type Path = readonly (string | number)[];

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

/** Where a topology names a host, in the order of its text. */
export function references(topology: unknown, host: string): Path[] {
  const named = (path: Path): Path[] => (valueAt(topology, path) === host ? [path] : []);
  const directors = listAt(topology, ["directors", "hosts"]);
  return [
    ...directors.flatMap((_, at) => named(["directors", "hosts", at])),
    ...listAt(topology, ["virtualServices"]).flatMap((_, at) => {
      const service = ["virtualServices", at];
      const servers = listAt(topology, [...service, "realServers"]);
      return [
        ...servers.flatMap((_server, place) => [
          ...named([...service, "realServers", place]),
          ...named([...service, "realServers", place, "host"]),
        ]),
        ...named([...service, "sorryServer"]),
        ...named([...service, "sorryServer", "host"]),
      ];
    }),
  ];
}

/** The object with the reference (a real server or sorry server), or the name alone. */
export function itemOf(path: Path): Path {
  return path.at(-1) === "host" ? path.slice(0, -1) : path;
}
