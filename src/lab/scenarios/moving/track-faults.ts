/** What tracks look at fails on a host that has an address: the address moves in time, and returns as the topology says. */

import { trackScriptPath } from "../../../plan/track-script.ts";
import type { Lab } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";
import type { LabMoving, LabTrack } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";
import { expectedHolder, type Failures } from "./expected.ts";
import { type Fault, faultsOf } from "./faults.ts";
import { electionSeconds, holderNames } from "./observe.ts";
import { checkMove, checkReturn, moveName } from "./report.ts";

export const trackFaults: Scenario = {
  title: "when what tracks look at fails, an address moves in time, and returns as the topology says",
  async run(lab) {
    const tracked = lab.spec.moving.filter(({ tracks }) => tracks.length > 0);
    if (tracked.length === 0) {
      lab.omit("cluster", trackFaults.title, "no address has tracks");
      return;
    }
    // Also where that is why no host becomes master.
    const isUp = await lab.bringUp().finally(() => sayBusy(lab, tracked));
    if (!isUp) return;
    sayPrograms(lab);
    const tried = new Set<string>();
    for (const moving of tracked) await failAll(lab, moving, tried);
  },
};

/** What was failed, for the reader of the report. */
function sayPrograms(lab: Lab): void {
  const programs = lab.managed.flatMap(({ applications }) => applications.words);
  for (const program of new Set(programs)) lab.note(`${program} answers in the lab`);
}

/** A part of a check's time; one that takes more may fail by its timeout alone. */
const usual = 1 / 4;

/** A machine that does much else has tracks fail: whoever reads of addresses that nobody has, should know. */
async function sayBusy(lab: Lab, tracked: readonly LabMoving[]): Promise<void> {
  const asked = tracked.flatMap(({ members, tracks }) =>
    tracks
      .filter(({ type }) => type === "http" || type === "tcp" || type === "process")
      .map(({ timeout }) => ({ host: members[0]?.host ?? "", timeout })),
  );
  const shortest = Math.min(...asked.map(({ timeout }) => timeout));
  const first = asked.find(({ timeout }) => timeout === shortest);
  if (first === undefined) return;
  const begin = Date.now();
  // A port that nobody listens at.
  await lab.machine(first.host).run([trackScriptPath, "tcp", "127.0.0.1", "1", `${shortest}`]);
  const seconds = (Date.now() - begin) / 1000;
  if (seconds > usual * shortest)
    lab.note(
      `this machine is busy: a check takes ${seconds.toFixed(1)} s of the ${shortest} s that it may take, and tracks may fail by that`,
    );
}

/** @param tried faults of groups, which grow: all addresses of a host are tried by the same fault */
async function failAll(lab: Lab, moving: LabMoving, tried: Set<string>): Promise<void> {
  const names = faultsOf(await holderOf(lab, moving), moving.tracks).map(({ name }) => name);
  for (const name of names) {
    const victim = await holderOf(lab, moving);
    const fault = faultsOf(victim, moving.tracks).find((each) => each.name === name);
    if (fault === undefined || tried.has(keyOf(moving, fault)) || !moving.tracks.some(fault.concerns))
      continue;
    const concerned = await concernedBy(lab, victim, fault);
    for (const each of concerned) tried.add(keyOf(each, fault));
    await failOne(lab, victim, fault, concerned);
  }
}

const keyOf = ({ group }: LabMoving, { name }: Fault): string => `${group} ${name}`;

async function holderOf(lab: Lab, moving: LabMoving): Promise<Machine> {
  const [name] = await holderNames(lab, moving);
  return lab.machine(name ?? moving.members[0]?.host ?? "");
}

/** Addresses that the host has, with a track that looks at what fails. */
async function concernedBy(lab: Lab, victim: Machine, fault: Fault): Promise<LabMoving[]> {
  const concerned: LabMoving[] = [];
  for (const moving of lab.spec.moving) {
    const [holder] = await holderNames(lab, moving);
    if (holder === victim.name && moving.tracks.some(fault.concerns)) concerned.push(moving);
  }
  return concerned;
}

async function failOne(
  lab: Lab,
  victim: Machine,
  fault: Fault,
  concerned: readonly LabMoving[],
): Promise<void> {
  const failures: Failures = new Map([[victim.name, fault.isSeenBy]]);
  const moves = concerned.filter((moving) => {
    const isMoving = expectedHolder(moving, failures, victim.name) !== victim.name;
    if (!isMoving) lab.omit(moving.name, moveName(moving, fault.name), reasonOf(moving, fault));
    return isMoving;
  });
  if (moves.length === 0) return;
  lab.progress(`${victim.name}: ${fault.name}`);
  const change = {
    victim,
    failures,
    addresses: lab.spec.moving.filter((each) => moves.includes(each) || !concerned.includes(each)),
  };
  await checkMove(lab, change, {
    name: (moving) => moveName(moving, fault.name),
    begin: () => fault.begin(victim),
    seconds: (moving) => (moves.includes(moving) ? secondsOf(moving, fault) : 0),
  });
  await checkReturn(
    lab,
    { ...change, failures: new Map() },
    {
      over: fault.over,
      begin: () => fault.end(victim),
      seconds: (moving) => riseSeconds(moving.tracks.filter(fault.isSeenBy)),
    },
  );
}

function reasonOf({ members, tracks, preempt }: LabMoving, fault: Fault): string {
  if (members.length < 2) return "it has no other host";
  if (!tracks.some(fault.isSeenBy)) return "its tracks do not see that";
  return preempt
    ? "the weights of its tracks do not change who is master"
    : "without preempt a weight does not move an address";
}

/** One track that gives up is enough; weights add up. */
function secondsOf(moving: LabMoving, fault: Fault): number {
  const seen = moving.tracks.filter(fault.isSeenBy);
  const giving = seen.filter(({ weight }) => weight === null).map(fault.seconds);
  const weighing = Math.max(...seen.map(fault.seconds)) + moving.preemptDelay;
  return (giving.length > 0 ? Math.min(...giving) : weighing) + electionSeconds(moving);
}

function riseSeconds(tracks: readonly LabTrack[]): number {
  return Math.max(0, ...tracks.map(({ interval, rise }) => interval * (rise + 1)));
}
