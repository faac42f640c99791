/** Where a topology names its hosts, and what is written there when a host gets a new name. */

import { inStep } from "../../../src/topology/short-forms/in-step.ts";
import { namesOf } from "./form-model.ts";
import { listAt, type Path, type Plain, valueAt } from "./steps.ts";

/** Where a topology names a host, or some hosts of a range and no others, in the order of its text. */
export function references(topology: Plain, host: string): Path[] {
  const own = new Set(namesOf(host));
  const named = (path: Path): Path[] => {
    const value = valueAt(topology, path);
    return typeof value === "string" && namesOf(value).every((name) => own.has(name)) ? [path] : [];
  };
  return [
    ...["hosts", "drained"].flatMap((key) =>
      listAt(topology, ["directors", key]).flatMap((_, at) => named(["directors", key, at])),
    ),
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
    ...listAt(topology, ["floatingAddresses"]).flatMap((_, at) => {
      const path = ["floatingAddresses", at, "hosts"];
      return listAt(topology, path).flatMap((_host, place) => [
        ...named([...path, place]),
        ...named([...path, place, "host"]),
      ]);
    }),
  ];
}

/**
 * A text that names some of a host's or range's names, with the new ones in their places.
 *
 * @returns null if the new range lacks some of them, or no text has them all
 */
export function renamed(text: string, from: string, to: string): string | null {
  if (text === from) return to;
  const [before, after] = [namesOf(from), namesOf(to)];
  const names = namesOf(text).flatMap((name) => after[before.indexOf(name)] ?? []);
  if (names.length < namesOf(text).length) return null;
  return names.length === 1 ? (names[0] ?? null) : inStep(names);
}
