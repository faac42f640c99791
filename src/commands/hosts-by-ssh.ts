/** Shared by the commands that use ssh: their options, the sudo password, the remotes. */

import { tmpdir } from "node:os";
import { askedToEnd } from "../base/ending.ts";
import { inParallel, oneAtATime } from "../base/in-parallel.ts";
import { ProgressLine } from "../base/progress-line.ts";
import { type TemporaryFolder, temporaryFolder } from "../base/temporary-folder.ts";
import type { Sudo } from "../deploy/remote-command.ts";
import { RemoteHost } from "../deploy/remote-host.ts";
import type { SessionSettings } from "../deploy/session.ts";
import { inEnglish } from "../languages/say.ts";
import { type HostPlan, planCluster } from "../plan/host-plan.ts";
import { loadRenderer } from "../render/load-templates.ts";
import { renderHost } from "../render/render-host.ts";
import type { Renderer } from "../render/renderer-core.ts";
import type { Cluster } from "../topology/model.ts";
import type { Arguments, Values } from "./arguments.ts";
import { askSecret } from "./ask-secret.ts";
import { readTopologyText } from "./read-topology.ts";
import {
  hostFilter,
  onlyHosts,
  reportFormat,
  type TopologyArguments,
  UsageError,
  writeNote,
} from "./shared.ts";
import { progressStream } from "./streams.ts";

/** The variable with the password, without a terminal. */
const PASSWORD_VARIABLE = "LVSGEN_SUDO_PASSWORD";

/** How to reach hosts. */
export const connectionOptions = {
  askSudoPassword: {
    kind: "switch",
    describe: `Ask once for the sudo password, or read it from ${PASSWORD_VARIABLE}`,
  },
  sudoPasswordFile: {
    kind: "path",
    value: "FILE",
    input: true,
    describe: "File with the sudo password in its first line",
  },
  parallel: { kind: "number", least: 1, most: 1000, whole: true, default: 20, describe: "Hosts in parallel" },
  connectTimeout: {
    kind: "number",
    least: 1,
    most: 3600,
    whole: true,
    default: 15,
    describe: "Seconds to wait for a host to answer",
  },
} as const satisfies Arguments;

export const sshOptions = {
  format: reportFormat,
  host: onlyHosts,
  ...connectionOptions,
} as const satisfies Arguments;

export type ConnectionArguments = Values<typeof connectionOptions>;

export type SshArguments = TopologyArguments & Values<typeof sshOptions>;

/** A host, and the connection to it. */
interface Remote {
  close(): Promise<void>;
}

export interface Hosts<R = RemoteHost> {
  readonly remotes: readonly R[];
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
}

/**
 * Works on the chosen hosts that have a role, and closes every connection afterwards.
 *
 * @param whenAsked the message after Ctrl-C
 */
export async function withHosts<T>(
  args: SshArguments & { readonly templates?: string | undefined },
  cluster: Cluster,
  whenAsked: string,
  work: (hosts: Hosts) => Promise<T>,
): Promise<T> {
  const renderer = await loadRenderer(args.templates);
  const plans = plansWithRole(cluster, args.host);
  return withRemotes(
    args,
    whenAsked,
    (settings) => plans.map((plan) => remoteHost(renderer, plan, settings)),
    work,
  );
}

function remoteHost(renderer: Renderer, plan: HostPlan, settings: SessionSettings): RemoteHost {
  const artifacts = inEnglish(() => renderHost(plan, renderer));
  return new RemoteHost(renderer, plan, artifacts, settings);
}

/** Of the chosen hosts; notes those that have none. */
export function plansWithRole(cluster: Cluster, names: readonly string[] | undefined): readonly HostPlan[] {
  const selected = hostFilter(cluster, names);
  const plans = inEnglish(() => planCluster(cluster)).filter(({ host }) => selected(host.name));
  for (const { host, roles } of plans) {
    if (roles.length === 0) writeNote(`${host.name} has no role in the cluster: skipped`);
  }
  return plans.filter(({ roles }) => roles.length > 0);
}

/**
 * Works on hosts, and closes every connection afterwards.
 *
 * @param whenAsked the message after Ctrl-C
 */
export async function withRemotes<R extends Remote, T>(
  args: ConnectionArguments,
  whenAsked: string,
  connect: (settings: SessionSettings) => readonly R[],
  work: (hosts: Hosts<R>) => Promise<T>,
): Promise<T> {
  const sudo = await findSudo(args);
  const sockets = socketFolder();
  const progress = new ProgressLine(progressStream());
  const stop = askedToEnd(() => {
    progress.clear();
    writeNote(whenAsked);
  });
  const remotes = connect({
    sudo,
    sockets: sockets.path,
    connectTimeout: args.connectTimeout,
    ask: askAtTerminal(progress),
  });
  try {
    return await work({ remotes, progress, signal: stop.signal });
  } finally {
    progress.clear();
    stop.release();
    await inParallel(remotes, args.parallel, (remote) => remote.close().catch(() => {}));
    sockets.remove();
  }
}

/** A socket's path may have 100 bytes (unix(7)), and ssh adds 60: not every TMPDIR is short enough. */
function socketFolder(): TemporaryFolder {
  return temporaryFolder("lvsgen-", tmpdir().length > 30 ? "/tmp" : tmpdir());
}

async function findSudo({ askSudoPassword, sudoPasswordFile }: ConnectionArguments): Promise<Sudo> {
  if (sudoPasswordFile !== undefined) return withPassword(firstLine(sudoPasswordFile));
  if (!askSudoPassword) return { kind: "passwordless" };
  const given = process.env[PASSWORD_VARIABLE];
  if (given !== undefined) return withPassword(given);
  if (!process.stdin.isTTY)
    throw new UsageError(
      `--ask-sudo-password needs a terminal; without one use ${PASSWORD_VARIABLE} or --sudo-password-file`,
    );
  return withPassword(await askSecret("sudo password: "));
}

function withPassword(password: string): Sudo {
  if (password === "" || /[\n\0]/.test(password))
    throw new UsageError("the sudo password is empty, or more than one line");
  return { kind: "password", password };
}

function firstLine(file: string): string {
  return readTopologyText(file).split(/\r?\n/)[0] ?? "";
}

/** Questions of ssh (a passphrase, a new host key), one host after the other; null without a terminal. */
function askAtTerminal(progress: ProgressLine): SessionSettings["ask"] {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const alone = oneAtATime();
  return (work) =>
    alone(() => {
      progress.clear();
      return work();
    });
}
