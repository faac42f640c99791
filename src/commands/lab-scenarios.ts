/** The option --scenario of `lvsgen lab`. */

import { suggestion } from "../base/suggest.ts";
import { ALL_SCENARIOS, REBOOT, scenariosOf } from "../lab/scenarios/names.ts";
import type { Cluster } from "../topology/model.ts";
import { UsageError } from "./errors.ts";

export type AnyScenario = (typeof ALL_SCENARIOS)[number];

/** @throws UsageError for a word that is no scenario, or none of this cluster */
export function parseScenarios(words: readonly string[], cluster: Cluster): AnyScenario[] {
  const known: readonly AnyScenario[] = [...scenariosOf(cluster), REBOOT];
  const { directors, services } = cluster;
  const isFree = directors.engine === "ipvsadm" && services.length > 0;
  const what = services.length === 0 ? "clusters without virtual services" : `the engine ${directors.engine}`;
  return words
    .flatMap((word) => word.split(","))
    .map((word) => {
      const found = ALL_SCENARIOS.find((name) => name === word);
      if (found === undefined)
        throw new UsageError(
          `unknown scenario ${JSON.stringify(word)}: ${suggestion(word, ALL_SCENARIOS, "the scenarios are")}`,
        );
      if (!isFree && !known.includes(found))
        throw new UsageError(
          `the scenario ${found} does not support ${what}: choose one of ${known.join(", ")}`,
        );
      return found;
    });
}
