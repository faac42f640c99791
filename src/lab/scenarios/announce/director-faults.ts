/** What happens to a director whose VIPs others announce as well, one row each. */

import { readFileSync } from "node:fs";
import type { Lab } from "../../guest/lab.ts";
import type { Machine, Verb } from "../../guest/machine.ts";
import type { LabAnnounce } from "../../spec.ts";
import { signalDaemons } from "./daemons.ts";
import { ALLOWANCE } from "./trial.ts";

export interface DirectorFault {
  /** In a sentence, e.g. `is stopped`. */
  readonly name: string;
  /** e.g. `is started again`. */
  readonly over: string;
  /** Seconds in which routers have left it, and in which new connections may fail. */
  readonly seconds: (announce: LabAnnounce) => { readonly left: number; readonly failing: number };
  readonly begin: (lab: Lab, director: Machine) => Promise<unknown>;
  readonly end: (lab: Lab, director: Machine) => Promise<unknown>;
}

/** Seconds that withdrawing takes: the routers get time to prefer others, and to forget (lvs_gate.sh). */
const WITHDRAWING = 5;
/** A script's other work. */
const SCRIPT = 10;

const orderly = () => ({ left: WITHDRAWING + SCRIPT, failing: 0 });
const silent = ({ holdTime }: LabAnnounce) => ({
  left: holdTime + ALLOWANCE,
  failing: holdTime + ALLOWANCE,
});

export const DIRECTOR_FAULTS: readonly DirectorFault[] = [
  {
    name: "is cut off",
    over: "is connected again",
    seconds: silent,
    begin: (_, director) => director.unplug(),
    end: (_, director) => director.plugIn(),
  },
  {
    name: "is stopped",
    over: "is started again",
    seconds: orderly,
    begin: (lab, director) => runOn(lab, director, "stop"),
    end: (lab, director) => runOn(lab, director, "start"),
  },
  {
    name: "is drained",
    over: "is not drained any more",
    seconds: orderly,
    begin: (lab, director) => reloadWith(lab, director, drainedDirector),
    end: (lab, director) => reloadWith(lab, director, (text) => text),
  },
  {
    name: "loses keepalived and BIRD at once",
    over: "is repaired",
    // Its sessions end with BIRD.
    seconds: () => ({ left: ALLOWANCE, failing: 0 }),
    begin: (_, director) => signalDaemons(director, ["keepalived", "bird", "lvs_gate.sh"], "KILL"),
    end: (lab, director) => runOn(lab, director, "start"),
  },
  {
    name: "loses its power",
    over: "is replaced by a new host",
    seconds: silent,
    // Its sessions do not end: routers hear nothing any more.
    begin: async (lab, director) => {
      await director.unplug();
      await lab.rebuild(director);
    },
    end: (lab, director) => runOn(lab, director, "start"),
  },
];

export async function runOn(lab: Lab, director: Machine, verb: Verb): Promise<void> {
  const run = lab.directors.find(({ machine }) => machine === director);
  const result = await run?.run(verb);
  if (result !== undefined && result.code !== 0)
    lab.check(director.name, `${verb} succeeds`, false, `exit ${result.code}`, result.stdout + result.stderr);
}

async function reloadWith(lab: Lab, director: Machine, change: (text: string) => string): Promise<void> {
  const script = director.host.scripts.find(({ role }) => role === "director");
  if (script === undefined) return;
  director.namespace.installText(change(readFileSync(script.source, "utf8")), script.name);
  await runOn(lab, director, "reload");
}

/** What would be rendered if the topology's list of drained directors had it, but for the comments and the plan's digest. */
export function drainedDirector(text: string): string {
  return text.replace(/^( *"\$1"_gate \S+)$/gm, "$1 drained");
}
