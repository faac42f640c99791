/** What checks servers, or speaks to routers, ends alone: VIPs are withdrawn before anybody notices, or within a stated time. */

import type { Lab } from "../../guest/lab.ts";
import { say } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";
import type { LabAnnounce } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";
import { signalDaemons } from "./daemons.ts";
import { runOn } from "./director-faults.ts";
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

interface Ending {
  /** e.g. `keepalived is killed`. */
  readonly name: string;
  readonly begin: (lab: Lab, director: Machine) => Promise<unknown>;
  /** Seconds until routers have left the director. */
  readonly within: (announce: LabAnnounce) => number;
  /** Seconds in which new connections may fail. */
  readonly failing: number;
  /** Whether held connections go on. */
  readonly keeps: boolean;
  readonly ofKeepalived: boolean;
  /** Before the director's script starts it again. */
  readonly end?: (director: Machine) => Promise<void>;
}

/** The gate looks each second, and at keepalived's word. */
const LOOK = 1;
/** Of the gate's withdrawal: others are preferred before the route goes. */
const WITHDRAWING = 5;

const GATE = "/usr/libexec/keepalived/lvs_gate.sh";

const ENDINGS: readonly Ending[] = [
  {
    name: "keepalived is killed",
    // Its table stays, and nobody looks at servers any more.
    begin: (_, director) => signalDaemons(director, ["keepalived"], "KILL"),
    within: () => LOOK + ALLOWANCE,
    failing: 0,
    keeps: true,
    ofKeepalived: true,
  },
  {
    name: "keepalived is stopped by its service",
    // What the unit does: ExecStop, then the signal.
    begin: async (lab, director) => {
      const result = await director.run([GATE, "withdraw"]);
      lab.check(
        director.name,
        "the gate withdraws for keepalived's service",
        result.code === 0,
        `exit ${result.code}`,
        say(result),
      );
      await signalDaemons(director, ["keepalived"], "TERM");
    },
    within: () => WITHDRAWING + ALLOWANCE,
    failing: 0,
    keeps: true,
    ofKeepalived: true,
  },
  {
    name: "keepalived ends by itself",
    // It empties its table, and nobody was asked before.
    begin: (_, director) => signalDaemons(director, ["keepalived"], "TERM"),
    within: () => LOOK + ALLOWANCE,
    failing: LOOK + ALLOWANCE,
    keeps: false,
    ofKeepalived: true,
  },
  {
    name: "BIRD is killed",
    begin: (_, director) => signalDaemons(director, ["bird"], "KILL"),
    within: () => ALLOWANCE,
    failing: 0,
    keeps: true,
    ofKeepalived: false,
  },
  {
    name: "BIRD hangs",
    begin: async (lab, director) => {
      await signalDaemons(director, ["bird"], "STOP");
      await refusesToWithdraw(lab, director);
    },
    within: ({ holdTime }) => holdTime + ALLOWANCE,
    failing: 0,
    keeps: true,
    ofKeepalived: false,
    end: (director) => signalDaemons(director, ["bird"], "CONT"),
  },
];

/** Who stops a director takes its services away after this: not while routers may still send to it. */
async function refusesToWithdraw(lab: Lab, director: Machine): Promise<void> {
  const vips = lab.spec.announce?.vips.map((vip) => `${vip}/32`) ?? [];
  for (const time of ["", ", the second time as well"]) {
    const result = await director.run([GATE, "withdraw", ...vips]);
    const figure = `exit ${result.code}`;
    lab.check(
      director.name,
      `the gate says that BIRD hangs${time}`,
      result.code === 1 && result.stderr.includes("BIRD did not read"),
      figure,
      say(result),
    );
  }
}

export const withdrawal: Scenario = {
  title: "when keepalived or BIRD ends alone, routers leave the director within a stated time",
  async run(lab) {
    const trial = await begin(lab, withdrawal.title);
    if (trial === null) return;
    const { directors } = trial;
    if (directors.length < 2) {
      lab.omit("cluster", withdrawal.title, "one director announces");
      return;
    }
    const endings = ENDINGS.filter(({ ofKeepalived }) => lab.spec.engine === "keepalived" || !ofKeepalived);
    for (const [index, ending] of endings.entries())
      await tryEnding(trial, ending, directors[index % directors.length] as Machine);
  },
};

async function tryEnding(trial: Trial, ending: Ending, victim: Machine): Promise<void> {
  const { lab, announce, directors } = trial;
  const { name, failing, keeps } = ending;
  const within = ending.within(announce);
  const others = directors.filter((director) => director !== victim).map((director) => director.name);
  lab.progress(`${victim.name}: ${name}`);
  await openCrowd(trial);
  let took: number | null = null;
  const during = await sample(trial, async () => {
    const ended = ending.begin(lab, victim);
    took = await secondsUntil(trial, others, within);
    await ended;
  });
  checkSeconds(lab, victim.name, `routers leave a director when ${name}`, took, within);
  checkSample(trial, `new connections when ${name}`, during, failing);
  if (keeps) await checkCrowd(trial, `held connections go on when ${name}`);
  await endCrowd(trial);
  await ending.end?.(victim);
  await runOn(lab, victim, "start");
  await lab.settle();
}
