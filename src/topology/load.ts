/** Text of a topology -> value, with the places of its parts. Touches no file system. */

import { type Loaded, loadBy } from "./load-by.ts";
import { loadYaml } from "./load-yaml.ts";

/**
 * Reads JSON (names ending in .json) or YAML (.yaml, .yml); any other name, such as `-` for standard input, by its
 * content: JSON begins with `{`.
 */
export function loadTopology(text: string, name: string): Loaded {
  return loadBy(text, name, loadYaml);
}
