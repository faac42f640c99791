/** The topology's JSON Schema as a file: lvsgen's own, and a copy beside a topology, where every editor finds it. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { say } from "../languages/say.ts";
import { UsageError } from "./errors.ts";

/** Beside a topology. */
export const schemaName = "lvsgen.schema.json";

/** With the texts about values, which the program itself is built without. */
export function schemaText(): string {
  // From dist/, or from the source.
  const places = ["..", "../.."].map((up) => join(import.meta.dirname, up, "schemas/topology.schema.json"));
  const file = places.find((place) => existsSync(place));
  if (file === undefined)
    throw new UsageError(say`lvsgen's installation lacks schemas/topology.schema.json: install it again`);
  return readFileSync(file, "utf8");
}

/**
 * Writes the schema beside a topology; an older copy is replaced.
 *
 * @returns its path
 * @throws UsageError if a file of that name is something else, or cannot be written
 */
export function writeSchema(topology: string): string {
  const place = join(dirname(topology), schemaName);
  const text = schemaText();
  const before = readBefore(place);
  if (before === text) return place;
  if (before !== null && idOf(before) !== idOf(text))
    throw new UsageError(say`${place} exists, and is not lvsgen's schema: move it away`);
  try {
    writeFileSync(place, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(say`cannot write ${place}: no such folder`);
    throw code === undefined ? error : new UsageError(say`cannot write ${place}: ${message}`);
  }
  return place;
}

function readBefore(place: string): string | null {
  try {
    return readFileSync(place, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw code === undefined ? error : new UsageError(say`cannot read ${place}: ${message}`);
  }
}

function idOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly $id?: unknown } | null)?.$id ?? null;
  } catch {
    return null;
  }
}

/** What an editor needs in the topology itself. */
export function referenceText(topology: string): string {
  return /\.json$/i.test(topology)
    ? `"$schema": "./${schemaName}"`
    : `# yaml-language-server: $schema=./${schemaName}`;
}
