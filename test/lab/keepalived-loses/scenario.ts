/** What keepalived has in hand is taken from it: the scripts find that, say what it is, and get it back. */

import { holdersOf } from "../../../src/lab/guest/director-state.ts";
import { type Lab, say } from "../../../src/lab/guest/lab.ts";
import { peerOf, type ScriptRun } from "../../../src/lab/guest/machine.ts";
import { sumOf, type Tally } from "../../../src/lab/guest/tally.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";
import type { LabService } from "../../../src/lab/spec.ts";
import { losses, type State, type Step } from "./losses.ts";

const ROUNDS = 2;
const REQUESTS = 10;
const MOST_RELOADS = 9;

export const keepalivedLoses: Scenario = {
  title: "what is taken from keepalived is found and brought back",
  async run(lab) {
    const [service] = lab.spec.services;
    if (service === undefined || !(await lab.bringUp())) return;
    for (const { name, on, steps } of losses) {
      const run = await directorThatIs(lab, service, on);
      for (const [index, step] of steps.entries()) await take(lab, run, `${name}: step ${index + 1}`, step);
      await lab.settle();
    }
    await flushedAllTheTime(lab, service);
  },
};

async function directorThatIs(lab: Lab, service: LabService, state: State): Promise<ScriptRun> {
  const holders = await holdersOf(lab, service);
  const found = lab.directors.find(({ machine }) => holders.includes(machine) === (state === "master"));
  if (found === undefined) throw new Error(`no director is ${state}`);
  return found;
}

/** What an ipvsadm of before 1.28 shows, as recorded of the real 1.26: which says 1.25, and nothing of a lone backup. */
const oldIpvsadm = (real: string): string => `#!/bin/sh
case $* in
  *--version*) echo 'ipvsadm v1.25 2008/5/15 (compiled with popt and IPVS v1.2.1)' ;;
  *--daemon*) '${real}' "$@" | sed -n '/^master/s/, maxlen=.*)/)/p' ;;
  *) exec '${real}' "$@" ;;
esac
`;

async function take(lab: Lab, run: ScriptRun, name: string, step: Step): Promise<void> {
  const { namespace } = run.machine;
  if (step.ipvsadm === "old") namespace.toolbox.replace("ipvsadm", oldIpvsadm);
  if (step.edit !== undefined) namespace.installText(run.text.replace(...step.edit), run.script.name);
  const result = await run.machine.run([
    "sh",
    "-c",
    step.run.replaceAll("$S", run.argv("check").slice(0, -1).join(" ")),
  ]);
  namespace.toolbox.reset();
  if (step.edit !== undefined) namespace.installText(run.text, run.script.name);
  const ok =
    result.code === (step.code ?? 0) && (step.says ?? /(?:)/).test(`${result.stdout}\n${result.stderr}`);
  lab.check(run.label, name, ok, `exit ${result.code}`, `${step.run}\n${say(result)}`);
}

/**
 * The timer's reload beside it: the master that is cleared leaves the VIP to the other, and disturbs nobody after that.
 * Whether its services are seen before they are cleared again is luck; when that ends they are back.
 */
async function flushedAllTheTime(lab: Lab, service: LabService): Promise<void> {
  const run = await directorThatIs(lab, service, "master");
  const flushing = run.machine.run(["sh", "-c", "while [ ! -e /run/enough ]; do ipvsadm -C; sleep 2; done"], {
    background: true,
    timeoutMs: 600_000,
  });
  const client = lab.clientOf(service);
  const traffic = await lab.traffic(client);
  for (let round = 1; round <= ROUNDS; round++) {
    const result = await run.run("reload");
    const ok = result.code === 0 || / is not in the IPVS table/.test(result.stderr);
    lab.check(
      run.label,
      `flushed all the time: reload ${round} ends`,
      ok,
      `exit ${result.code}`,
      say(result),
    );
    const milliseconds = await traffic.ask<number>({ op: "until-answered", peer: peerOf(service) });
    const tally = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
    const errors = sumOf(tally.errors);
    const figure = `after ${(milliseconds / 1000).toFixed(1)} s, ${errors} errors in ${REQUESTS} requests`;
    lab.check(client.name, `flushed all the time: clients are served, ${round}`, errors === 0, figure);
  }
  await run.machine.run(["touch", "/run/enough"]);
  await flushing;
  const codes: number[] = [];
  // A restart that seemed of no use is tried again after one run, then after three.
  while (codes.at(-1) !== 0 && codes.length < MOST_RELOADS) codes.push((await run.run("reload")).code);
  const { code } = await run.run("check");
  lab.check(run.label, "flushed no more: reload brings it back", code === 0, `exits ${codes.join(", ")}`);
}
