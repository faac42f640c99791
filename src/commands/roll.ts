/** `lvsgen roll`: a command on one host after the other, each out of service meanwhile. */

import { atEnd } from "../base/ending.ts";
import { quoteWord } from "../base/quote-word.ts";
import type { RemoteHost } from "../deploy/remote-host.ts";
import type { RolledHost } from "../deploy/roll/report.ts";
import { orderText, rolledText } from "../deploy/roll/report-text.ts";
import { roll } from "../deploy/roll/roll.ts";
import { clusterStatus } from "../deploy/status.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import { type Arguments, defineCommand, type Values } from "./arguments.ts";
import { confirm } from "./confirm.ts";
import { givenOptions } from "./given-options.ts";
import { connectionOptions, type Hosts, withHosts } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { concludeRoll, noteEarlier, refused, refuseObstacles, undrainCommandLine } from "./roll-end.ts";
import { HostLines } from "./roll-lines.ts";
import { neededFor, rollOrder } from "./roll-order.ts";
import { RollState } from "./roll-state.ts";
import {
  hostFilter,
  onlyHosts,
  reportFormat,
  topologyFile,
  UsageError,
  writeData,
  writeNote,
} from "./shared.ts";

const { parallel: _all, ...connection } = connectionOptions;

const options = {
  each: {
    kind: "text",
    value: "COMMAND",
    describe: "Command for the remote shell, run as the user of ssh; it may reboot the host",
  },
  format: reportFormat,
  host: onlyHosts,
  limit: { ...onlyHosts, describe: "The same as --host" },
  ...connection,
  parallel: {
    kind: "number",
    least: 1,
    most: 1000,
    whole: true,
    default: 1,
    describe: "Real servers at once; fewer where a service would be left without",
  },
  wait: {
    kind: "number",
    least: 0,
    most: 86_400,
    whole: true,
    default: 300,
    describe: "Seconds to wait until a host has no connections; 0: do not wait",
  },
  cut: { kind: "switch", describe: "Run the command even if connections are left after --wait" },
  healthy: {
    kind: "number",
    least: 1,
    most: 86_400,
    whole: true,
    default: 300,
    describe: "Seconds to wait until a host is healthy after the command, a reboot included",
  },
  resume: { kind: "switch", describe: "Go on where this roll stopped: leave out hosts that are done" },
  dryRun: { kind: "switch", describe: "Change nothing; print the order" },
  yes: { kind: "switch", describe: "Do not ask; needed without a terminal" },
} as const satisfies Arguments;

type RollArguments = Values<{ file: typeof topologyFile }> & Values<typeof options>;

export const rollCommand = defineCommand({ positionals: { file: topologyFile }, options }, run);

/** Hosts that are asked for their state at once. */
const AT_ONCE = 20;

/** look at all hosts -> order -> question -> one wave after the other -> report. */
async function run(args: RollArguments): Promise<void> {
  const command = checkOptions(args);
  const { cluster, digest } = await requireCluster(args);
  const chosen = chosenHosts(args, cluster);
  const state = new RollState(digest, command, process.env);
  if (args.resume) state.read();
  else noteEarlier(new RollState(digest, command, process.env).read());
  const hosts = await withHosts({ ...args, host: undefined, parallel: AT_ONCE }, cluster, stopping(), (all) =>
    rollAll({ args, command, cluster, chosen, state }, all),
  );
  if (args.format === "json") writeReport("roll", { dryRun: args.dryRun, command, hosts });
  refuseObstacles(hosts);
  if (args.dryRun) return;
  if (args.format === "text" && hosts.length > 0) writeData(rolledText(hosts));
  const left = [...cluster.hosts.keys()].filter((name) => !chosen(name) && !state.done.has(name));
  const isWhole = !args.resume || (left.length === 0 && state.halfWay.size === 0);
  concludeRoll({ file: args.file, again: resumeLine(args, command), isWhole }, hosts, state);
}

/** The same roll, with the options that this one had; what it asks, it asks again. */
export function resumeLine(args: RollArguments, command: string): string {
  const { each: _each, resume: _resume, dryRun: _dryRun, yes: _yes, ...repeated } = options;
  const words = givenOptions(repeated, args);
  return [`lvsgen roll ${quoteWord(args.file)} --each ${quoteWord(command)} --resume`, ...words].join(" ");
}

function stopping(): string {
  return say`finishing the host in progress; no further one is begun (Ctrl-C again: do not wait)`;
}

/** The command. */
function checkOptions({ each, dryRun, yes }: RollArguments): string {
  if (each === undefined || each.trim() === "")
    throw new UsageError(say`--each is missing: the command for each host, as in --each 'sudo reboot'`);
  if (!dryRun && !yes && !(process.stdin.isTTY && process.stderr.isTTY))
    throw new UsageError(say`without a terminal, use --yes (or --dry-run, which changes nothing)`);
  return each;
}

function chosenHosts({ host, limit }: RollArguments, cluster: Cluster): (name: string) => boolean {
  const names = host === undefined && limit === undefined ? undefined : [...(host ?? []), ...(limit ?? [])];
  return hostFilter(cluster, names);
}

/** Directors at the end, in order of priority. */
function inPriority(remotes: readonly RemoteHost[], directors: readonly string[]): RemoteHost[] {
  return remotes.toSorted((a, b) => directors.indexOf(a.name) - directors.indexOf(b.name));
}

interface Work {
  readonly args: RollArguments;
  readonly command: string;
  readonly cluster: Cluster;
  readonly chosen: (name: string) => boolean;
  readonly state: RollState;
}

async function rollAll(work: Work, { remotes: all, progress, signal }: Hosts): Promise<RolledHost[]> {
  const { args, command, cluster, chosen, state } = work;
  const ordered = inPriority(all, cluster.directors.hosts);
  const names = ordered.map(({ name }) => name).filter(chosen);
  const before = names.filter((name) => state.done.has(name));
  const due = names.filter((name) => !state.done.has(name));
  const needed = neededFor(cluster, due);
  const remotes = ordered.filter(({ name }) => needed.has(name));
  const now = await clusterStatus(remotes, AT_ONCE, (words) => progress.show(words));
  progress.clear();
  const { waves, obstacles } = rollOrder(due, cluster, args.parallel, now);
  if (obstacles.length > 0) return refused(due, obstacles);
  if (waves.length === 0) writeNote(say`nothing to do: these hosts are done, or have no role`);
  const doneBefore = before.map((name) => reportOf(name, 0, "done before"));
  if (args.dryRun || waves.length === 0) {
    if (args.format === "text" && waves.length > 0) writeData(orderText(waves));
    return [
      ...doneBefore,
      ...waves.flatMap((wave, at) => wave.map(({ name }) => reportOf(name, at + 1, "planned"))),
    ];
  }
  if (!args.yes) {
    writeNote(orderText(waves).trimEnd());
    await confirm(say`${quoteWord(command)} is run on these hosts, each drained meanwhile`, false);
  }
  const lines = new HostLines((line) => {
    progress.clear();
    writeNote(line);
  });
  const release = atEnd(() => {
    for (const name of state.halfWay.keys())
      writeNote(say`${name} may be drained: ${undrainCommandLine(args.file, name)}`);
  });
  try {
    const rolled = await roll(waves, {
      cluster,
      remotes,
      command,
      waitSeconds: args.wait,
      cuts: args.cut,
      healthySeconds: args.healthy,
      signal,
      halfWay: new Map(state.halfWay),
      onState: (host, words) => lines.say(host, words),
      onText: (host, text) => lines.print(host, text),
      onBegun: (host, probe) => state.begin(host, probe),
      onBack: (host, isDone) => {
        state.end(host, isDone);
        lines.say(host, isDone ? say`done` : say`in service again`);
      },
    });
    return [...doneBefore, ...rolled];
  } finally {
    lines.flush();
    release();
  }
}

function reportOf(host: string, step: number, outcome: RolledHost["outcome"]): RolledHost {
  return { host, step, outcome, drained: false, code: null, words: "" };
}
