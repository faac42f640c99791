/** The command that runs again what failed. */

import { quoteWord } from "../base/quote-word.ts";
import { REBOOT } from "../lab/scenarios/names.ts";
import type { Arguments } from "./arguments.ts";
import { givenOptions } from "./given-options.ts";

/** Options for one sort of scenarios: those that boot each host's system, or the others. */
export const NEEDS: Readonly<Record<string, "reboot" | "others">> = {
  host: "reboot",
  tree: "reboot",
  inject: "others",
  interpreter: "others",
  shell: "others",
};

/** They change what is said, or what comes after the checks. */
const NOT_REPEATED = new Set(["scenario", "format", "verbose", "keep", "shell", "doctor"]);

/**
 * @param options of `lvsgen lab`
 * @param values what was given for them, by name
 * @param failed scenarios that failed; null with none
 */
export function repeatCommand(
  options: Arguments,
  values: Readonly<Record<string, unknown>>,
  failed: readonly string[],
): string | null {
  if (failed.length === 0) return null;
  const fits = (name: string): boolean => {
    const needs = NEEDS[name];
    if (needs === undefined) return true;
    return failed.some((scenario) => (scenario === REBOOT) === (needs === "reboot"));
  };
  const repeated = Object.fromEntries(
    Object.entries(options).filter(([name]) => !NOT_REPEATED.has(name) && fits(name)),
  );
  const scenarios = [...new Set(failed)].join(",");
  const words = givenOptions(repeated, values);
  return ["lvsgen lab", quoteWord(String(values.file)), `--scenario ${scenarios}`, ...words].join(" ");
}
