/** `lvsgen drain` and `lvsgen undrain`: no new connections for a server or director, and its share again. */

import { quoteWord } from "../base/quote-word.ts";
import { isEmpty, type OpenConnections } from "../deploy/drain.ts";
import type { DrainTarget } from "../deploy/drain-target.ts";
import { drainText, handedOverText, openText } from "../deploy/drain-text.ts";
import { isHolder } from "../deploy/hand-over.ts";
import type { RemoteHost } from "../deploy/remote-host.ts";
import { clusterStatus } from "../deploy/status.ts";
import { isDone, isOut, putBack, reached, risksOf, type TakenOut, takeOut } from "../deploy/take-out.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import { type Arguments, defineCommand, type Values } from "./arguments.ts";
import { confirm } from "./confirm.ts";
import { drainNotes } from "./drain-notes.ts";
import { suggestDrainable, targetOf } from "./drained-server.ts";
import { Interrupted } from "./errors.ts";
import { type Hosts, sshOptions, withHosts } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, topologyFile, writeData, writeNote } from "./shared.ts";

const { host: _all, ...ssh } = sshOptions;

const positionals = {
  file: topologyFile,
  host: {
    kind: "text",
    value: "HOST",
    required: true,
    describe: "Real server or director: the name of its host, or its address",
    suggest: suggestDrainable,
  },
} as const satisfies Arguments;

const drainOptions = {
  ...ssh,
  wait: {
    kind: "number",
    least: 0,
    most: 86_400,
    whole: true,
    default: 300,
    describe: "Seconds to wait until it has no connections; 0: do not wait",
  },
  keep: { kind: "switch", describe: "Stay drained after a reboot of a director, too" },
  yes: {
    kind: "switch",
    describe: "Go on where it would ask: the last server, a director out of reach",
  },
} as const satisfies Arguments;

const undrainOptions = ssh satisfies Arguments;

type Common = Values<typeof positionals> & Values<typeof undrainOptions>;
type DrainArguments = Common & Values<typeof drainOptions>;

export const drainCommand = defineCommand({ positionals, options: drainOptions }, drain);

export const undrainCommand = defineCommand({ positionals, options: undrainOptions }, undrain);

/** look at all directors -> ask where it is risky -> note it on each -> wait -> report. */
async function drain(args: DrainArguments): Promise<void> {
  const { cluster } = await requireCluster(args);
  const target = targetOf(cluster, args.host);
  await onHosts(args, cluster, target.asked, async ({ remotes, progress, signal }) => {
    const before = await clusterStatus(remotes, args.parallel, (words) => progress.show(words));
    progress.clear();
    const risks = risksOf(target, before);
    if (risks.length > 0) await confirm(risks.join("; "), args.yes);
    progress.show(say`draining ${target.label}`);
    const breaks =
      !target.isSynced && cluster.services.length > 0 && isHolder(before, target.label, target.shared);
    const notes = drainNotes(target, { keep: args.keep, undo: undoOf(args.file, target.label), breaks });
    const taken = await takeOut(remotes, before, target, {
      keep: args.keep,
      insists: args.yes,
      limit: args.wait,
      signal,
      onNoted: () => {
        progress.clear();
        for (const note of notes) writeNote(note);
      },
      onCount: countShower(args, target, progress),
    });
    progress.clear();
    reportDrain(args, target, reached(target, before).length > 0 && signal.aborted, taken);
  });
}

async function undrain(args: Common): Promise<void> {
  const { cluster } = await requireCluster(args);
  const target = targetOf(cluster, args.host);
  await onHosts(args, cluster, target.noting, async ({ remotes, progress }) => {
    progress.show(say`undraining ${target.label}`);
    const directors = await putBack(remotes, target);
    progress.clear();
    if (args.format === "json") writeReport("undrain", { server: target.label, directors });
    else writeData(drainText(directors, target));
    const failed = directors.filter((each) => !isDone(each)).map(({ host }) => host);
    if (failed.length > 0)
      throw new ProblemError(
        say`${target.label} may still be drained on ${failed.join(", ")}: fix this and run the same command again`,
      );
  });
}

function onHosts(
  args: Common,
  cluster: Cluster,
  names: readonly string[],
  work: (hosts: Hosts) => Promise<void>,
): Promise<void> {
  const stopping = say`finishing the current step (Ctrl-C again: do not wait)`;
  return withHosts({ ...args, host: names }, cluster, stopping, (hosts) =>
    work({ ...hosts, remotes: inOrder(hosts.remotes, names) }),
  );
}

function inOrder(remotes: readonly RemoteHost[], names: readonly string[]): RemoteHost[] {
  return remotes.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

/** At a terminal one line that changes; in a log, only changes. */
function countShower(
  { wait }: DrainArguments,
  { label }: DrainTarget,
  progress: Hosts["progress"],
): (counts: readonly OpenConnections[], seconds: number) => void {
  let last = "";
  const isTerminal = process.stderr.isTTY === true;
  return (counts, seconds) => {
    const text = openText(label, counts);
    if (isTerminal) progress.show(say`${text}; ${Math.round(seconds)} of ${wait} s`);
    else if (text !== last) writeNote(text);
    last = text;
  };
}

/** @throws ProblemError where connections or addresses are left after the wait, or a director failed */
function reportDrain(
  { file, format, wait, keep }: DrainArguments,
  target: DrainTarget,
  interrupted: boolean,
  taken: TakenOut,
): void {
  const { label, isServer } = target;
  const { directors, failed, open, addresses, isUndone } = taken;
  const finished = isOut(taken);
  if (format === "json")
    writeReport("drain", { server: label, kept: keep, finished, directors, open, addresses });
  else writeData(drainText(directors, target));
  const undo = undoOf(file, label);
  if (failed.length > 0)
    throw new ProblemError(
      say`${label} still gets connections from ${failed.map(({ host }) => host).join(", ")}: fix this and run the same command again, or undo: ${undo}`,
    );
  if (interrupted) throw new Interrupted(say`interrupted: ${label} stays drained. To end it: ${undo}`);
  for (const line of handedOverText(addresses)) writeNote(line);
  if (finished && isServer) writeNote(say`${label} has no connections left`);
  if (isUndone)
    throw new ProblemError(
      say`no other host took ${missing(addresses)}, so ${label} was undrained: look at keepalived on the other hosts (--yes drains it in any case)`,
    );
  if (finished || wait === 0) return;
  const left = isEmpty(open) ? say`no host has ${missing(addresses)}` : openText(label, open);
  throw new ProblemError(
    say`${left} after ${wait} s: it stays drained. Run the same command to wait longer, or undo: ${undo}`,
  );
}

function missing(addresses: TakenOut["addresses"]): string {
  return addresses
    .filter(({ host }) => host === null)
    .map(({ address }) => address)
    .join(", ");
}

function undoOf(file: string, label: string): string {
  return `lvsgen undrain ${quoteWord(file)} ${label}`;
}
