/** Text of a topology -> cluster and diagnostics. */

import { loadTopology } from "../topology/load.ts";
import { type ReadSecret, readNoSecret } from "../topology/secret-sources.ts";
import { type CheckedTopology, checkLoaded } from "./check-loaded.ts";

export type { CheckedTopology } from "./check-loaded.ts";

/**
 * load -> schema -> secrets -> normalize -> rules.
 *
 * @param name the file's name, `-` for standard input: decides between JSON and YAML, and appears in messages
 * @param readSecret finds what the topology keeps elsewhere; without it, a topology that does so has an error
 * @example
 * import { checkTopology } from "lvsgen";
 * const { cluster, diagnostics } = checkTopology(text, "cluster.yaml");
 * for (const { severity, code, line, message, hint } of diagnostics)
 *   console.log(`${severity} ${code} in line ${line}: ${message}: ${hint}`);
 * console.log(cluster === null ? "not rendered" : [...cluster.hosts.keys()]);
 */
export function checkTopology(
  text: string,
  name: string,
  readSecret: ReadSecret = readNoSecret,
): CheckedTopology {
  return checkLoaded(loadTopology(text, name), readSecret);
}
