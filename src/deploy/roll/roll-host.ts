/** Rolls one host: drain -> command -> healthy again -> undrain. */

import { setTimeout as wait } from "node:timers/promises";
import { say } from "../../languages/say.ts";
import type { Cluster } from "../../topology/model.ts";
import { isEmpty, serversOf } from "../drain.ts";
import { type DrainTarget, labelOf } from "../drain-target.ts";
import { openText } from "../drain-text.ts";
import { SSH_FAILED } from "../failures.ts";
import { directorOf } from "../hand-over.ts";
import type { RemoteHost } from "../remote-host.ts";
import { HostFailed } from "../session.ts";
import { clusterStatus, type HostStatus } from "../status.ts";
import { isDone, putBack, risksOf, type TakenOut, takeOut } from "../take-out.ts";
import { endpointsOf } from "./endpoints.ts";
import { incompleteTable, missingServer, secondsToNotice } from "./health.ts";
import type { RollHost } from "./plan-roll.ts";
import { lackOf, type Probe, probe } from "./probe.ts";
import type { RolledHost } from "./report.ts";

export interface Rolling {
  readonly cluster: Cluster;
  /** All hosts that may be asked, in order of priority. */
  readonly remotes: readonly RemoteHost[];
  /** Given to the remote shell as it is. */
  readonly command: string;
  /** Seconds until a drained host has no connections. */
  readonly waitSeconds: number;
  /** Whether the command is run even if connections are left. */
  readonly cuts: boolean;
  /** Seconds until a host is healthy after the command. */
  readonly healthySeconds: number;
  /** Aborted: run the command on no further host. */
  readonly signal: AbortSignal;
  /** Of the roll that this one resumes, by host that it left half-way: its state before the command. */
  readonly halfWay: ReadonlyMap<string, Probe>;
  readonly onState: (host: string, words: string) => void;
  /** Gets what the command prints, piece by piece. */
  readonly onText: (host: string, text: string) => void;
  /** Called before the first change of a host. */
  readonly onBegun: (host: string, before: Probe) => void;
  /** Called when a host is in service again. */
  readonly onBack: (host: string, isDone: boolean) => void;
}

type Ending = Omit<RolledHost, "step">;

export async function rollHost(host: RollHost, rolling: Rolling): Promise<Ending> {
  const { name, target } = host;
  const remote = remoteOf(rolling, name);
  const asked = askedBy(target, rolling);
  try {
    const endpoints = endpointsOf(rolling.cluster, name);
    const before = rolling.halfWay.get(name) ?? (await probe(remote, endpoints));
    const state = await clusterStatus(asked, asked.length, () => {});
    const stays = target !== null && !rolling.halfWay.has(name) && isDrained(state, target);
    const ownDrain = stays ? null : target;
    const risks = ownDrain === null ? [] : risksOf(ownDrain, state);
    if (risks.length > 0) return failed(name, { drained: false, code: null, words: risks.join("\n") });
    rolling.onBegun(name, before);
    const obstacle = ownDrain === null ? null : await drained(ownDrain, asked, state, rolling);
    if (rolling.signal.aborted) return await interrupted(name, ownDrain, asked, rolling);
    if (obstacle !== null) return failed(name, { ...obstacle, code: null });
    const ran = await runCommand(remote, rolling);
    const isOut = target !== null;
    if (ran.code !== 0 && ran.code !== SSH_FAILED)
      return failed(name, { drained: isOut, code: ran.code, words: say`the command exits ${ran.code}` });
    const lack = await awaitHealthy({ host, remote, asked, before, ran }, rolling);
    const code = ran.code === SSH_FAILED ? null : ran.code;
    if (lack !== null) return failed(name, { drained: isOut, code, words: lack });
    const left = ownDrain === null ? null : await back(ownDrain, asked, rolling);
    if (left !== null) return failed(name, { drained: true, code, words: left });
    rolling.onBack(name, true);
    return { host: name, outcome: "done", drained: stays, code, words: "" };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    // It could not be asked before the first change.
    return failed(name, { drained: false, code: null, words: error.failure.words });
  }
}

function remoteOf({ remotes }: Rolling, name: string): RemoteHost {
  const remote = remotes.find((each) => each.name === name);
  if (remote === undefined) throw new Error(`no connection to ${name}`);
  return remote;
}

/** Hosts whose state says whether the drain works and whether the host is well. */
function askedBy(target: DrainTarget | null, { remotes }: Rolling): RemoteHost[] {
  return remotes.filter(({ name }) => target?.asked.includes(name));
}

function failed(host: string, rest: Pick<RolledHost, "drained" | "code" | "words">): Ending {
  return { host, outcome: "failed", ...rest };
}

/** Whether somebody has drained it before. */
function isDrained(state: readonly HostStatus[], { label, isServer, shared, noting }: DrainTarget): boolean {
  if (shared.length > 0 && directorOf(state, label)?.drained !== true) return false;
  if (!isServer) return true;
  const entries = noting.flatMap((director) => serversOf(directorOf(state, director)?.services ?? [], label));
  return entries.length > 0 && entries.every((entry) => entry.drained === true);
}

/** @returns why the command cannot be run, and whether the host stays drained; null: it can */
async function drained(
  target: DrainTarget,
  asked: readonly RemoteHost[],
  state: readonly HostStatus[],
  { waitSeconds, cuts, signal, onState }: Rolling,
): Promise<Pick<RolledHost, "drained" | "words"> | null> {
  const { label } = target;
  let last = "";
  const taken = await takeOut(asked, state, target, {
    // A director that is rebooted stays out until it is healthy.
    keep: target.shared.length > 0,
    insists: false,
    limit: waitSeconds,
    signal,
    onNoted: () => onState(label, say`drained`),
    onCount: (counts) => {
      const text = openText(label, counts);
      if (text !== last && !isEmpty(counts)) onState(label, text);
      last = text;
    },
  });
  return obstacleIn(taken, label, { waitSeconds, cuts });
}

function obstacleIn(
  { failed: failing, addresses, open, isUndone }: TakenOut,
  label: string,
  { waitSeconds, cuts }: Pick<Rolling, "waitSeconds" | "cuts">,
): Pick<RolledHost, "drained" | "words"> | null {
  const [first] = failing;
  if (first !== undefined)
    return { drained: true, words: say`${first.host} does not drain it: ${first.words}` };
  const missing = addresses.filter(({ host }) => host === null).map(({ address }) => address);
  if (missing.length > 0 && waitSeconds > 0)
    return {
      drained: !isUndone,
      words: say`no other host took ${missing.join(", ")}: look at keepalived there`,
    };
  if (isEmpty(open) || cuts || waitSeconds === 0) return null;
  return {
    drained: true,
    words: say`${openText(label, open)} after ${waitSeconds} s: use a longer --wait, or --cut, which does not care`,
  };
}

async function interrupted(
  name: string,
  target: DrainTarget | null,
  asked: readonly RemoteHost[],
  rolling: Rolling,
): Promise<Ending> {
  const left = target === null ? null : await back(target, asked, rolling);
  if (left !== null) return failed(name, { drained: true, code: null, words: left });
  rolling.onBack(name, false);
  return { host: name, outcome: "interrupted", drained: false, code: null, words: "" };
}

interface Ran {
  /** ssh's own is 255. */
  readonly code: number;
  /** When it ended, in milliseconds. */
  readonly end: number;
}

async function runCommand(remote: RemoteHost, { command, onState, onText }: Rolling): Promise<Ran> {
  onState(remote.name, say`running the command`);
  const code = await remote.execute(command, (text) => onText(remote.name, text));
  return { code, end: Date.now() };
}

interface Recovering {
  readonly host: RollHost;
  readonly remote: RemoteHost;
  readonly asked: readonly RemoteHost[];
  readonly before: Probe;
  readonly ran: Ran;
}

/** Seconds between two looks. */
const PAUSE = 1;

/** @returns what is wrong when the time is up; null: it is well */
async function awaitHealthy(recovering: Recovering, rolling: Rolling): Promise<string | null> {
  const { remote, ran } = recovering;
  const { healthySeconds, onState } = rolling;
  let last = "";
  for (;;) {
    const { lack, isFinal } = await lacking(recovering, rolling);
    if (lack === null || isFinal) return lack;
    if (lack !== last) onState(remote.name, say`waiting: ${lack}`);
    last = lack;
    if (Date.now() - ran.end >= healthySeconds * 1000)
      return say`not healthy ${healthySeconds} s after the command: ${lack}`;
    await wait(PAUSE * 1000);
  }
}

interface Lack {
  /** Null: nothing. */
  readonly lack: string | null;
  /** Waiting does not help. */
  readonly isFinal: boolean;
}

async function lacking(
  { host, remote, asked, before, ran }: Recovering,
  { cluster }: Rolling,
): Promise<Lack> {
  const lacks = (lack: string | null, isFinal = false): Lack => ({ lack, isFinal });
  let now: Probe;
  try {
    // A shared connection may be one from before a reboot.
    now = await probe(remote, endpointsOf(cluster, host.name), { fresh: true });
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return lacks(error.failure.words);
  }
  if (now.isLeaving) return lacks(say`it shuts down`);
  if (ran.code === SSH_FAILED && now.boot === before.boot)
    return lacks(
      say`ssh ended with 255, and the host was not rebooted: the connection was lost, and the command may still run`,
      true,
    );
  const own = lackOf(before, now);
  if (own !== null || host.target === null) return lacks(own);
  return lacks(await lackByDirectors(host.target, asked, ran, cluster));
}

async function lackByDirectors(
  { label, isServer, shared }: DrainTarget,
  asked: readonly RemoteHost[],
  { end }: Ran,
  cluster: Cluster,
): Promise<string | null> {
  const state = await clusterStatus(asked, asked.length, () => {});
  if (shared.length > 0) {
    const incomplete = incompleteTable(label, state);
    if (incomplete !== null) return incomplete;
  }
  if (!isServer) return null;
  if (Date.now() - end < secondsToNotice(cluster, label) * 1000)
    return say`the directors' next check is to come`;
  return missingServer(cluster, label, state);
}

/** Seconds until a server has its weight again. */
const PATIENCE = 15;

/** Puts a host back into service. @returns what is wrong; null: all directors send to it, or it may be master */
async function back(
  target: DrainTarget,
  asked: readonly RemoteHost[],
  { cluster }: Rolling,
): Promise<string | null> {
  const failing = (await putBack(asked, target)).find((each) => !isDone(each));
  if (failing !== undefined) return say`${failing.host} does not undrain it: ${failing.words}`;
  const deadline = Date.now() + PATIENCE * 1000;
  for (;;) {
    const state = await clusterStatus(asked, asked.length, () => {});
    if (!isStillOut(state, target, cluster)) return null;
    if (Date.now() > deadline) return say`it was undrained, but is still out of service`;
    await wait(PAUSE * 1000);
  }
}

function isStillOut(
  state: readonly HostStatus[],
  { label, isServer, shared, noting }: DrainTarget,
  { services }: Cluster,
): boolean {
  if (shared.length > 0 && directorOf(state, label)?.drained === true) return true;
  if (!isServer) return false;
  const serving = services.filter(({ realServers }) =>
    realServers.some((server) => labelOf(server) === label && server.weight > 0),
  );
  const tables = noting.flatMap((director) => directorOf(state, director)?.services ?? []);
  const entries = serving.flatMap(({ name }) =>
    serversOf(
      tables.filter((table) => table.name === name),
      label,
    ),
  );
  return entries.some(({ weight }) => weight === 0);
}
