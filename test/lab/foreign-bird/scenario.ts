/** BGP on a director that is somebody else's: lvs_dr.sh says so, and touches nothing. */

import { type Lab, say } from "../../../src/lab/guest/lab.ts";
import type { ScriptRun } from "../../../src/lab/guest/machine.ts";
import { signalDaemons } from "../../../src/lab/scenarios/announce/daemons.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";

const CONF = "/etc/bird/bird.conf";

interface Case {
  readonly name: string;
  /** Shell commands that make the host so. */
  readonly before: string;
  /** What start says, and its exit status. */
  readonly says: RegExp;
  readonly code: number;
  /** What the host must be like after start, or after stop where start succeeds: commands that fail if it is not. */
  readonly after: string;
  readonly undo: string;
}

const others = `printf 'router id 10.8.0.1;\\nprotocol device {}\\n' >${CONF}`;

export const cases: readonly Case[] = [
  {
    name: "a configuration of somebody else, which runs",
    before: `cp ${CONF} /run/shipped; ${others}; cp ${CONF} /run/theirs; mkdir -p /run/bird; bird -c ${CONF}`,
    says: /bird\.conf is somebody else's, .*daemon to none/,
    code: 6,
    after: `cmp ${CONF} /run/theirs && birdc show status && ! ip addr show lo | grep -q 203.0.113.10`,
    undo: `birdc down; cp /run/shipped ${CONF}`,
  },
  {
    name: "a configuration of somebody else, whose BIRD hangs",
    before: `cp ${CONF} /run/shipped; ${others}; cp ${CONF} /run/theirs; mkdir -p /run/bird
      bird -c ${CONF} -P /run/theirs.pid; kill -STOP $(cat /run/theirs.pid)`,
    says: /bird\.conf is somebody else's, .*daemon to none/,
    code: 6,
    after: `cmp ${CONF} /run/theirs && kill -0 $(cat /run/theirs.pid)`,
    undo: `kill -CONT $(cat /run/theirs.pid); birdc down; cp /run/shipped ${CONF}`,
  },
  {
    name: "another program on port 179",
    before: `printf '%s\n' 'router id 10.8.0.1;' 'protocol device {}' 'protocol bgp b { local as 1; neighbor 10.8.0.9 as 2; ipv4 { import none; export none; }; }' >/run/b.conf
      bird -c /run/b.conf -s /run/b.ctl -P /run/b.pid`,
    says: /another program listens on TCP port 179, .*daemon to none/,
    code: 6,
    after: `cmp ${CONF} /usr/share/bird2/bird.conf && birdc -s /run/b.ctl show status`,
    undo: "birdc -s /run/b.ctl down",
  },
  {
    name: "the package's own configuration, which runs",
    before: `mkdir -p /run/bird; bird -c ${CONF}`,
    says: /started, changes/,
    code: 0,
    after: `cmp ${CONF} /usr/share/bird2/bird.conf && birdc show status && [ ! -e ${CONF}.lvsgen-found ]`,
    undo: "birdc down",
  },
];

export const foreignBird: Scenario = {
  title: "BGP of somebody else is left alone",
  async run(lab) {
    const [run] = lab.directors;
    if (run === undefined) return;
    for (const each of cases) await tried(lab, run, each);
    await ownHangs(lab, run);
  },
};

async function tried(
  lab: Lab,
  run: ScriptRun,
  { name, before, says, code, after, undo }: Case,
): Promise<void> {
  const shell = (commands: string) => run.machine.run(["sh", "-c", commands]);
  await shell(before);
  const checked = await run.run("check");
  const started = await run.run("start");
  const ok = started.code === code && says.test(`${started.stdout}${started.stderr}`);
  lab.check(run.label, `${name}: start`, ok, `exit ${started.code}`, say(started));
  // And nothing of what start would do to a BIRD of its own.
  const isRefused = checked.code === 1 && !/killall|would start BIRD/.test(checked.stdout);
  if (code !== 0)
    lab.check(run.label, `${name}: check says that start would fail`, isRefused, "", say(checked));
  if (code === 0) await run.run("stop");
  const left = await shell(after);
  lab.check(run.label, `${name}: it is as it was`, left.code === 0, `exit ${left.code}`, say(left));
  await shell(undo);
}

/** What each verb says of a BIRD that is ours and hangs: stop withdraws first. */
const ofHanging = {
  check: /would fail: BIRD runs and does not answer/,
  start: /BIRD runs and does not answer/,
  stop: /BIRD did not read .*: no answer in 5 seconds/,
} as const;

/** Its port is taken by itself, and whoever asks it waits for ever. */
async function ownHangs(lab: Lab, run: ScriptRun): Promise<void> {
  await run.run("start");
  await signalDaemons(run.machine, ["bird"], "STOP");
  for (const verb of ["check", "start", "stop"] as const) {
    const result = await run.run(verb);
    const ok = result.code === 1 && ofHanging[verb].test(`${result.stdout}${result.stderr}`);
    lab.check(run.label, `our BIRD hangs: ${verb} says so`, ok, `exit ${result.code}`, say(result));
  }
  await signalDaemons(run.machine, ["bird"], "CONT");
  const stopped = await run.run("stop");
  lab.check(run.label, "our BIRD goes on: stop", stopped.code === 0, `exit ${stopped.code}`, say(stopped));
}
