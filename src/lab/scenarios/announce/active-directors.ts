/** A director leaves, by accident or in order, and returns: held connections go on, and new ones fail for a stated time at most. */

import { expectedAnnouncers, waitForAnnouncers } from "../../guest/announced.ts";
import type { Machine } from "../../guest/machine.ts";
import type { Scenario } from "../scenario.ts";
import { DIRECTOR_FAULTS, type DirectorFault } from "./director-faults.ts";
import {
  begin,
  checkCrowd,
  checkSample,
  endCrowd,
  openCrowd,
  sample,
  secondsOf,
  type Trial,
} from "./trial.ts";

export const activeDirectors: Scenario = {
  title:
    "when a director leaves or returns, connections go on at the others, and new ones fail no longer than stated",
  async run(lab) {
    const trial = await begin(lab, activeDirectors.title);
    if (trial === null) return;
    const { directors } = trial;
    if (directors.length < 2) {
      lab.omit("cluster", activeDirectors.title, "one director announces");
      return;
    }
    for (const [index, fault] of DIRECTOR_FAULTS.entries()) {
      // All of them before a release, else each in turn.
      const victims = lab.spec.thorough ? directors : [directors[index % directors.length] as Machine];
      for (const victim of victims) await tryFault(trial, fault, victim);
    }
  },
};

async function tryFault(trial: Trial, fault: DirectorFault, victim: Machine): Promise<void> {
  const { lab, announce } = trial;
  const all = expectedAnnouncers(announce);
  const others = all.filter((name) => name !== victim.name);
  const { left, failing } = fault.seconds(announce);
  lab.progress(`${victim.name} ${fault.name}`);
  await openCrowd(trial);
  let took = 0;
  const during = await sample(trial, async () => {
    const ending = fault.begin(lab, victim);
    took = await secondsOf(() => waitForAnnouncers(lab, announce, others));
    await ending;
  });
  lab.check(
    victim.name,
    `routers leave a director that ${fault.name}`,
    took <= left,
    `after ${took.toFixed(1)} s, at most ${left} s`,
  );
  checkSample(trial, `new connections when a director ${fault.name}`, during, failing);
  await checkCrowd(trial, `held connections go on when a director ${fault.name}`);
  const after = await sample(trial, async () => {
    await fault.end(lab, victim);
    took = await secondsOf(() => waitForAnnouncers(lab, announce, all));
  });
  lab.check(victim.name, `routers take a director that ${fault.over}`, true, `after ${took.toFixed(1)} s`);
  checkSample(trial, `new connections when a director ${fault.over}`, after, 0);
  await checkCrowd(trial, `held connections go on when a director ${fault.over}`);
  await endCrowd(trial);
}
