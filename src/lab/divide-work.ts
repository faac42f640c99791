/** Shares scenarios among kernels so that all end at about the same time. */

import type { ScenarioTask } from "./spec.ts";

/** Seconds a scenario takes on a cluster of three hosts, roughly; only the proportions matter. */
const COST: Record<string, number> = {
  balance: 3,
  "foreign-state": 6,
  // Where a server has thresholds at all.
  thresholds: 1,
  concurrent: 7,
  "reapply-under-load": 18,
  "long-connection": 0,
  // Each kind of check, each way to fail it.
  "health-check": 12,
  // Each waits for routers, again and again.
  spread: 8,
  "same-server": 50,
  "active-directors": 40,
  withdrawal: 20,
  "active-servers": 50,
  "icmp-errors": 8,
};
const USUAL_COST = 4;

/** Scenarios whose cases can be run in different kernels, and what each share of them costs: start, and stop. */
const SHARES: Record<string, readonly number[]> = { crash: [18, 16] };

/** Scenarios that share work when they run in the same kernel: the second goes with the first. */
const TOGETHER: Record<string, string> = { "long-connection": "reapply-under-load" };

interface Pile {
  cost: number;
  readonly tasks: ScenarioTask[];
}

export function divideWork(scenarios: readonly string[], kernels: number): ScenarioTask[][] {
  const piles = Array.from({ length: kernels }, (): Pile => ({ cost: 0, tasks: [] }));
  const chunks = scenarios.flatMap((name) => chunksOf(name, kernels));
  // The largest first, each to where least is yet.
  for (const { cost, task } of chunks.sort((one, other) => other.cost - one.cost)) {
    const pile = piles.find((candidate) => belongsTo(candidate, task)) ?? lightest(piles);
    pile.cost += cost;
    pile.tasks.push(task);
  }
  return piles.map((pile) => inOrder(pile.tasks, scenarios)).filter((tasks) => tasks.length > 0);
}

/** A scenario in one piece, or in as many as there are kernels for. */
function chunksOf(name: string, kernels: number): { cost: number; task: ScenarioTask }[] {
  const costs = SHARES[name] ?? [];
  if (kernels < 2 || costs.length < 2)
    return [{ cost: COST[name] ?? USUAL_COST, task: { name, share: 0, shares: 1 } }];
  return costs.map((cost, share) => ({ cost, task: { name, share, shares: costs.length } }));
}

function belongsTo(pile: Pile, task: ScenarioTask): boolean {
  return pile.tasks.some(({ name }) => name === TOGETHER[task.name]);
}

function lightest(piles: readonly Pile[]): Pile {
  return piles.reduce((one, other) => (other.cost < one.cost ? other : one));
}

function inOrder(tasks: readonly ScenarioTask[], scenarios: readonly string[]): ScenarioTask[] {
  return [...tasks].sort((one, other) => scenarios.indexOf(one.name) - scenarios.indexOf(other.name));
}
