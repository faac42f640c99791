/** A director leaves, by accident or in order, and returns: held connections go on, and new ones fail for a stated time at most. */

import { expectedAnnouncers } from "../../guest/announced.ts";
import type { Machine } from "../../guest/machine.ts";
import type { Scenario } from "../scenario.ts";
import { DIRECTOR_FAULTS, type DirectorFault, runOn } from "./director-faults.ts";
import { bringNewFiles, bringShippedFiles } from "./new-files.ts";
import {
  ALLOWANCE,
  begin,
  checkCrowd,
  checkSample,
  checkSeconds,
  endCrowd,
  openCrowd,
  sample,
  secondsUntil,
  type Trial,
} from "./trial.ts";

/** Seconds until sessions are there again: waits after an error (bird.conf), first checks, a slow machine. */
const RETURNING = 20;

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
    for (const director of directors) await tryDeploy(trial, director);
  },
};

async function tryFault(trial: Trial, fault: DirectorFault, victim: Machine): Promise<void> {
  const { lab, announce } = trial;
  const { name, over } = fault;
  const all = expectedAnnouncers(announce);
  const others = all.filter((other) => other !== victim.name);
  const { left, failing } = fault.seconds(announce);
  lab.progress(`${victim.name} ${name}`);
  await openCrowd(trial);
  let took: number | null = null;
  const during = await sample(trial, async () => {
    const ending = fault.begin(lab, victim);
    took = await secondsUntil(trial, others, left);
    await ending;
  });
  checkSeconds(lab, victim.name, `routers leave a director that ${name}`, took, left);
  checkSample(trial, `new connections when a director ${name}`, during, failing);
  await checkCrowd(trial, `held connections go on when a director ${name}`);
  const after = await sample(trial, async () => {
    await fault.end(lab, victim);
    took = await secondsUntil(trial, all, RETURNING);
  });
  checkSeconds(lab, victim.name, `routers take a director that ${over}`, took, RETURNING);
  checkSample(trial, `new connections when a director ${over}`, after, 0);
  await checkCrowd(trial, `held connections go on when a director ${over}`);
  await endCrowd(trial);
}

/** Files of another version, as a deploy brings them: routers stay. */
async function tryDeploy(trial: Trial, director: Machine): Promise<void> {
  const { lab, announce } = trial;
  const run = lab.directors.find(({ machine }) => machine === director);
  if (run === undefined) return;
  lab.progress(`${director.name} gets new files`);
  await openCrowd(trial);
  const during = await sample(trial, async () => {
    bringNewFiles(run);
    await runOn(lab, director, "reload");
    await lab.settle();
  });
  const staying = await secondsUntil(trial, expectedAnnouncers(announce), 0);
  checkSeconds(lab, director.name, "routers stay with a director that gets new files", staying, ALLOWANCE);
  checkSample(trial, "new connections when a director gets new files", during, 0);
  await checkCrowd(trial, "held connections go on when a director gets new files");
  await endCrowd(trial);
  bringShippedFiles(run);
  await runOn(lab, director, "reload");
}
