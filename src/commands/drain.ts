/** `lvsgen drain` and `lvsgen undrain`: no new connections for a server, and its weight again. */

import { quoteWord } from "../base/quote-word.ts";
import {
  changeDirectors,
  type DirectorDrain,
  isEmpty,
  lastOf,
  type OpenConnections,
  waitUntilEmpty,
} from "../deploy/drain.ts";
import { drainText, openText } from "../deploy/drain-text.ts";
import type { RemoteHost } from "../deploy/remote-host.ts";
import { clusterStatus, type HostStatus } from "../deploy/status.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import { type Arguments, defineCommand, type Values } from "./arguments.ts";
import { confirm } from "./confirm.ts";
import { type DrainedServer, serverOf, suggestServers } from "./drained-server.ts";
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
    describe: "Real server: the name of its host, or its address",
    suggest: suggestServers,
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

/** look at all directors -> ask where it is risky -> weight 0 on each -> wait -> report. */
async function drain(args: DrainArguments): Promise<void> {
  const { cluster } = await requireCluster(args);
  const server = serverOf(cluster, args.host);
  await onDirectors(args, cluster, async (hosts) => {
    const { remotes, progress, signal } = hosts;
    const before = await lookAt(hosts, args.parallel);
    progress.clear();
    const unreached = before.filter(({ roles }) => !roles.some(({ role }) => role === "lvs_dr"));
    const risks = [...lastRisks(before, server), ...unreached.map((host) => unreachedRisk(host, server))];
    if (risks.length > 0) await confirm(risks.join("; "), args.yes);
    progress.show(say`draining ${server.label}`);
    const out = new Set(unreached.map(({ host }) => host));
    const taking = remotes.filter(({ name }) => !out.has(name));
    // Where nobody does it, nothing is drained, whatever was accepted.
    const accepted = taking.length === 0 ? new Set<string>() : out;
    const change = { verb: "drain", server: server.label, keep: args.keep } as const;
    const directors = [
      ...(await changeDirectors(taking, change, signal)),
      ...unreached.map(({ host, words, remedy }) => ({ host, outcome: "untouched", words, remedy }) as const),
    ];
    progress.clear();
    const failed = directors.filter((each) => !isDone(each) && !accepted.has(each.host));
    if (failed.length === 0) for (const note of notesOf(args, server)) writeNote(note);
    const open = failed.length === 0 ? await watched(args, server, taking, hosts) : [];
    progress.clear();
    reportDrain(args, server, { directors, failed, open, interrupted: signal.aborted });
  });
}

async function undrain(args: Common): Promise<void> {
  const { cluster } = await requireCluster(args);
  const server = serverOf(cluster, args.host);
  await onDirectors(args, cluster, async ({ remotes, progress, signal }) => {
    progress.show(say`undraining ${server.label}`);
    const directors = await changeDirectors(
      remotes,
      { verb: "undrain", server: server.label, keep: false },
      signal,
    );
    progress.clear();
    if (args.format === "json") writeReport("undrain", { server: server.label, directors });
    else writeData(drainText(directors));
    const failed = directors.filter((each) => !isDone(each)).map(({ host }) => host);
    if (failed.length > 0)
      throw new ProblemError(
        say`${server.label} may still be drained on ${failed.join(", ")}: fix this and run the same command again`,
      );
  });
}

function onDirectors(args: Common, cluster: Cluster, work: (hosts: Hosts) => Promise<void>): Promise<void> {
  const stopping = say`finishing the current step (Ctrl-C again: do not wait)`;
  return withHosts({ ...args, host: cluster.directors.hosts }, cluster, stopping, (hosts) =>
    work({ ...hosts, remotes: inPriority(hosts.remotes, cluster.directors.hosts) }),
  );
}

function inPriority(remotes: readonly RemoteHost[], names: readonly string[]): RemoteHost[] {
  return remotes.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

function lookAt({ remotes, progress }: Hosts, parallel: number): Promise<HostStatus[]> {
  return clusterStatus(remotes, parallel, (words) => progress.show(words));
}

function lastRisks(before: readonly HostStatus[], { label, quorums }: DrainedServer): string[] {
  return lastOf(before, label, (service) => quorums.get(service) ?? 1).map(
    (service) => say`${label} is the last server of ${service}: without it nobody answers there`,
  );
}

/** A director that cannot do it now. */
function unreachedRisk({ host, state, words }: HostStatus, { label }: DrainedServer): string {
  return say`${host} cannot be asked (${words === "" ? state : words}): it would still send connections to ${label}`;
}

/** What a person should know while it waits. */
function notesOf({ keep, file }: DrainArguments, server: DrainedServer): string[] {
  const { label, persistent, keepsTemplates, connectionless } = server;
  return [
    keep
      ? say`${label} gets no new connections, also after a reboot of a director. To end it: ${undoOf(file, label)}`
      : say`${label} gets no new connections. To end it: ${undoOf(file, label)}, or a reboot of the directors`,
    ...persistent.map((service) =>
      keepsTemplates
        ? say`${service} is persistent and expireQuiescentTemplate is off: known clients still get new connections to ${label}, until their time is over`
        : say`${service} is persistent: known clients leave ${label} with their next connection (expire_quiescent_template is on)`,
    ),
    ...connectionless.map(
      (service) => say`${service} is UDP: a flow counts as open until it was silent for timeouts.udp seconds`,
    ),
  ];
}

async function watched(
  args: DrainArguments,
  server: DrainedServer,
  taking: readonly RemoteHost[],
  { progress, signal }: Hosts,
): Promise<OpenConnections[]> {
  let last = "";
  const isTerminal = process.stderr.isTTY === true;
  const onCount = (counts: readonly OpenConnections[], seconds: number): void => {
    const text = openText(server.label, counts);
    if (isTerminal) progress.show(say`${text}; ${Math.round(seconds)} of ${args.wait} s`);
    // In a log, only changes.
    else if (text !== last) writeNote(text);
    last = text;
  };
  return waitUntilEmpty(taking, {
    server: server.label,
    isConnectionless: (service) => server.connectionless.includes(service),
    limit: args.wait,
    signal,
    onCount,
  });
}

function isDone({ outcome }: DirectorDrain): boolean {
  return outcome !== "failed" && outcome !== "untouched";
}

interface DrainEnd {
  readonly directors: readonly DirectorDrain[];
  /** Those of them that should have done it. */
  readonly failed: readonly DirectorDrain[];
  readonly open: readonly OpenConnections[];
  readonly interrupted: boolean;
}

/** @throws ProblemError where connections are left after the wait, or a director failed */
function reportDrain(
  { file, format, wait, keep }: DrainArguments,
  { label }: DrainedServer,
  { directors, failed, open, interrupted }: DrainEnd,
): void {
  const finished = isEmpty(open) && failed.length === 0;
  if (format === "json") writeReport("drain", { server: label, kept: keep, finished, directors, open });
  else writeData(drainText(directors));
  const undo = undoOf(file, label);
  if (failed.length > 0)
    throw new ProblemError(
      say`${label} still gets connections from ${failed.map(({ host }) => host).join(", ")}: fix this and run the same command again, or undo: ${undo}`,
    );
  if (interrupted) throw new Interrupted(say`interrupted: ${label} stays drained. To end it: ${undo}`);
  if (finished) writeNote(say`${label} has no connections left`);
  else if (wait > 0)
    throw new ProblemError(
      say`${openText(label, open)} after ${wait} s: it stays drained. Run the same command to wait longer, or undo: ${undo}`,
    );
}

function undoOf(file: string, label: string): string {
  return `lvsgen undrain ${quoteWord(file)} ${label}`;
}
