/** Shares scenarios among kernels so that all end at about the same time. */

import type { ScenarioTask } from "./spec.ts";

/** Seconds a scenario takes on a cluster of three hosts, roughly; only the proportions matter. */
const COST: Record<string, number> = {
  "reapply-under-load": 12,
  "long-connection": 0,
  "foreign-state": 9,
  concurrent: 10,
  thresholds: 3,
};
const USUAL_COST = 5;

/** Scenarios whose cases can be run in different kernels. */
const DIVISIBLE = new Set(["crash"]);

/** Scenarios that share work when they run in the same kernel: the second goes with the first. */
const TOGETHER: Record<string, string> = { "long-connection": "reapply-under-load" };

export function divideWork(scenarios: readonly string[], kernels: number): ScenarioTask[][] {
  const whole = scenarios.filter((name) => !DIVISIBLE.has(name) || kernels === 1);
  const piles = Array.from({ length: kernels }, () => ({ cost: 0, tasks: [] as ScenarioTask[] }));
  const lightest = () => piles.reduce((one, other) => (other.cost < one.cost ? other : one));
  const byCost = [...whole].sort((one, other) => costOf(other) - costOf(one));
  for (const name of byCost) {
    const pile =
      piles.find((candidate) => candidate.tasks.some((task) => task.name === TOGETHER[name])) ?? lightest();
    pile.cost += costOf(name);
    pile.tasks.push({ name, share: 0, shares: 1 });
  }
  for (const name of scenarios.filter((candidate) => !whole.includes(candidate))) {
    piles.forEach((pile, share) => {
      pile.tasks.push({ name, share, shares: kernels });
    });
  }
  return piles.map((pile) => inOrder(pile.tasks, scenarios)).filter((tasks) => tasks.length > 0);
}

function inOrder(tasks: readonly ScenarioTask[], scenarios: readonly string[]): ScenarioTask[] {
  return [...tasks].sort((one, other) => scenarios.indexOf(one.name) - scenarios.indexOf(other.name));
}

function costOf(scenario: string): number {
  return COST[scenario] ?? USUAL_COST;
}
